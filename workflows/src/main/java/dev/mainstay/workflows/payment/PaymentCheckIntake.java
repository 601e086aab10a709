package dev.mainstay.workflows.payment;

import dev.mainstay.workflows.process.Claimed;
import dev.mainstay.workflows.process.ProcessStart;
import java.util.List;

/**
 * The intake row of a payment check. Its business id is the purchase or the booking that the
 * payment pays for.
 *
 * @param amountMinor what the client says was paid, in minor units of the currency
 */
public record PaymentCheckIntake(
    String provider, String providerPaymentId, long amountMinor, String currency) {

  static ProcessStart start(Claimed<PaymentCheckIntake> row) {
    PaymentCheckIntake body = row.body();
    return ProcessStart.of(
        PaymentCheckWorkflow.class,
        PaymentCheckWorkflow.id(body.provider, body.providerPaymentId),
        row,
        List.of(row.businessId().toString(), body.providerPaymentId));
  }
}
