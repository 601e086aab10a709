package dev.mainstay.api.refund;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/**
 * The response to an accepted refund.
 *
 * @param workflowId of the run that asks the provider
 * @param status of the request, {@code pending} at first
 */
record RefundAcceptedResponse(
    UUID id,
    @Schema(example = "refund/stripe/pi_3Q1/01980d3e-7c1a-7b3e-9f00-0123456789ab")
        String workflowId,
    @Schema(example = "pending") String status) {}
