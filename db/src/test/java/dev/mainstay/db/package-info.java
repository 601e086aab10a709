/** What the database itself promises. */
@NullMarked
package dev.mainstay.db;

import org.jspecify.annotations.NullMarked;
