package dev.mainstay.api.purchase;

import dev.mainstay.workflows.purchase.PurchaseWorkflow;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/**
 * The answer to a payment that was taken in.
 *
 * @param id of the purchase, fixed by the first request that named the payment
 * @param workflowId under which the purchase runs if it runs alone
 * @param status of the purchase, {@code pending} at first
 */
public record PurchaseAnswer(
    UUID id,
    @Schema(example = "purchase/stripe/pi_3Q1") String workflowId,
    @Schema(example = "pending") String status) {

  static PurchaseAnswer of(UUID id, PurchaseOrder order, String status) {
    return new PurchaseAnswer(
        id, PurchaseWorkflow.id(order.provider(), order.providerPaymentId()), status);
  }
}
