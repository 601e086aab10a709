package dev.mainstay.db.audit;

/**
 * The end of the chain that seals the audit log.
 *
 * @param block the last block's number, 1 or more
 * @param hash in hexadecimal
 */
public record AuditHead(long block, String hash) {}
