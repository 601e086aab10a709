/** The guarantees of the database itself. */
@NullMarked
package dev.mainstay.db;

import org.jspecify.annotations.NullMarked;
