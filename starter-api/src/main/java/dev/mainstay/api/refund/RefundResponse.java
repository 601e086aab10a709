package dev.mainstay.api.refund;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refund that was requested through the API or by a cancellation.
 *
 * @param status {@code accepted} once the provider has agreed, {@code failed} if the money did not
 *     arrive after that; the purchase has the refunded amount
 * @param providerRefundId the provider's own id, null until it has agreed
 */
record RefundResponse(
    UUID id,
    UUID purchaseId,
    String workflowId,
    long amountMinor,
    String currency,
    String requestedBy,
    String reason,
    @Schema(allowableValues = {"pending", "accepted", "failed", "cancelled"}) String status,
    @Nullable String providerRefundId,
    Instant requestedAt) {}
