package dev.mainstay.api.database;

import org.jooq.DSLContext;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The database as intake sees it: on a pool of its own, so that neither reading nor a flood of
 * payments starves the other.
 */
public record IntakeDatabase(DSLContext jooq, TransactionOperations transaction) {}
