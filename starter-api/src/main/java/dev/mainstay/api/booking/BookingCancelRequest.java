package dev.mainstay.api.booking;

import dev.mainstay.api.request.FieldFormats;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * That a booking will not be delivered.
 *
 * @param reason in the caller's words
 */
record BookingCancelRequest(@Schema(format = FieldFormats.LINE, maxLength = 500) String reason) {}
