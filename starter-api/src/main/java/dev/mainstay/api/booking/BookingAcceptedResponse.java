package dev.mainstay.api.booking;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/**
 * The answer to a booking that was taken in.
 *
 * @param workflowId of the run that tells customer and vendor; an imported booking has none to tell
 */
record BookingAcceptedResponse(
    UUID id,
    @Schema(example = "notification/booking.created/0195…") String workflowId,
    @Schema(example = "open") String status) {}
