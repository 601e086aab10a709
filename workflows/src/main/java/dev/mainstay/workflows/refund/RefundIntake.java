package dev.mainstay.workflows.refund;

import static java.util.Objects.requireNonNullElse;

import dev.mainstay.workflows.process.Claimed;
import dev.mainstay.workflows.process.ProcessStart;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refund's intake row.
 *
 * @param purchaseId and requestId are present if an operator requested the refund
 * @param amountMinor the requested amount, or the total refunded, in minor units
 * @param occasion if the same total may have had a run before, what makes it count again
 */
public record RefundIntake(
    String provider,
    String providerPaymentId,
    @Nullable UUID purchaseId,
    @Nullable UUID requestId,
    long amountMinor,
    String currency,
    @Nullable String occasion) {

  static ProcessStart start(Claimed<RefundIntake> row) {
    RefundIntake body = row.body();
    UUID request = body.requestId;
    return ProcessStart.of(
        RefundWorkflow.class,
        request == null
            ? RefundWorkflow.id(
                body.provider, body.providerPaymentId, body.amountMinor, body.occasion)
            : RefundWorkflow.id(body.provider, body.providerPaymentId, request),
        new RefundWorkflow.Input(
            body.provider,
            body.providerPaymentId,
            requireNonNullElse(body.purchaseId, row.businessId()),
            request,
            body.amountMinor,
            body.currency,
            row.correlationId()),
        List.of(body.providerPaymentId));
  }
}
