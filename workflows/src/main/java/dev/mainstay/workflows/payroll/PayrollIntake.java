package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.process.Claimed;
import dev.mainstay.workflows.process.ProcessStart;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * A payroll run's intake row: a request, an approval and a cancellation are all rows, so that none
 * is lost while Temporal is unavailable.
 *
 * @param wakes whether to signal a run that exists; if false, the row only starts a run that was
 *     lost
 */
public record PayrollIntake(UUID runId, String cadence, LocalDate periodStart, boolean wakes) {

  static ProcessStart start(Claimed<PayrollIntake> row) {
    PayrollIntake body = row.body();
    ProcessStart start =
        ProcessStart.of(
                PayrollWorkflow.class,
                PayrollWorkflow.id(body.cadence, body.periodStart),
                new PayrollWorkflow.Input(body.runId, row.correlationId(), null),
                List.of(body.runId.toString()))
            // A cancelled run can be requested again, and a lost one continues.
            .canRepeat();
    return body.wakes ? start.withSignal(PayrollWorkflow.WAKE) : start;
  }
}
