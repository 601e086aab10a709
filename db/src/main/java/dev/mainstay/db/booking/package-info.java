/** What the database says of bookings, in Java. */
@NullMarked
package dev.mainstay.db.booking;

import org.jspecify.annotations.NullMarked;
