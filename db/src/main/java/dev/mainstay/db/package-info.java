/**
 * The few building blocks of data access that every module shares; the tables themselves are
 * generated.
 */
@NullMarked
package dev.mainstay.db;

import org.jspecify.annotations.NullMarked;
