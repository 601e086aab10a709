/** Bookings, on a real PostgreSQL. */
@NullMarked
package dev.mainstay.activities.booking;

import org.jspecify.annotations.NullMarked;
