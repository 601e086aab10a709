/** Bookings over REST: created, shown, paid, completed, cancelled. */
@NullMarked
package dev.mainstay.api.booking;

import org.jspecify.annotations.NullMarked;
