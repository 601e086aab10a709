/** A real PostgreSQL for the tests of every module. */
@NullMarked
package dev.mainstay.db.testing;

import org.jspecify.annotations.NullMarked;
