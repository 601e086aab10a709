package dev.mainstay.api.purchase;

import dev.mainstay.workflows.purchase.PurchaseWorkflow;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/**
 * The response to an accepted payment.
 *
 * @param id of the purchase, fixed by the first request that named the payment
 * @param workflowId of the purchase's run if it runs alone
 * @param status of the purchase, {@code pending} at first
 */
public record PurchaseAcceptedResponse(
    UUID id,
    @Schema(example = "purchase/stripe/pi_3Q1") String workflowId,
    @Schema(example = "pending") String status) {

  static PurchaseAcceptedResponse of(UUID id, PurchaseRequest order, String status) {
    return new PurchaseAcceptedResponse(
        id, PurchaseWorkflow.id(order.provider(), order.providerPaymentId()), status);
  }
}
