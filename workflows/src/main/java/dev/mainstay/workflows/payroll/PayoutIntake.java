package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.process.Claimed;
import dev.mainstay.workflows.process.ProcessStart;
import java.time.LocalDate;
import java.util.List;

/**
 * The intake row of a payout that was refused, or of which it is not known whether it was paid.
 *
 * @param cadence and periodStart name the run that it belongs to
 * @param amountMinor in minor units of the currency
 */
public record PayoutIntake(
    String cadence, LocalDate periodStart, long amountMinor, String currency) {

  static ProcessStart start(Claimed<PayoutIntake> row) {
    PayoutIntake body = row.body();
    return ProcessStart.of(
        PayoutWorkflow.class,
        PayoutWorkflow.id(row.businessId()),
        new PayoutWorkflow.Input(
            row.businessId(),
            body.cadence,
            body.periodStart,
            body.amountMinor,
            body.currency,
            row.correlationId()),
        List.of(row.businessId().toString()));
  }
}
