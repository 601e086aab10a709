package dev.mainstay.api.booking;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/**
 * The response to an accepted booking.
 *
 * @param workflowId of the run that notifies customer and vendor; absent for an imported booking
 */
record BookingAcceptedResponse(
    UUID id,
    @Schema(example = "notification/booking.created/0195…") String workflowId,
    @Schema(example = "open") String status) {}
