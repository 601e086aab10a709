/** Tests that hold the bookings' words to the database's. */
@NullMarked
package dev.mainstay.api.booking;

import org.jspecify.annotations.NullMarked;
