/** The database's booking statuses, in Java. */
@NullMarked
package dev.mainstay.db.booking;

import org.jspecify.annotations.NullMarked;
