package dev.mainstay.api.booking;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a booking was delivered.
 *
 * @param deliveredAt when; null for now
 */
record BookingCompleteRequest(@Nullable Instant deliveredAt) {}
