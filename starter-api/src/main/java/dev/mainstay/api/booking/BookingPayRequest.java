package dev.mainstay.api.booking;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a booking was paid.
 *
 * @param paidAt when; null for now
 */
record BookingPayRequest(@Nullable Instant paidAt) {}
