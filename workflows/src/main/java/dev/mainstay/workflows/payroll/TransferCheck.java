package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.payroll.TransferCheckSteps.Checked;
import dev.mainstay.workflows.payroll.TransferCheckSteps.Hold;
import dev.mainstay.workflows.process.ProcessWorkflow;
import dev.mainstay.workflows.process.StepProblem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Looks, before a run pays, for transfers that the database does not know. It was restored from a
 * backup if there are any, and the vendors may have the money. The run's row says whether it may
 * pay; this only reads the provider's list.
 */
final class TransferCheck {

  /** Why the row of a run is paused that unknown transfers hold. */
  static final String REASON = "unknown-transfers";

  private final ProcessWorkflow process;
  private final UUID run;
  private boolean read;
  private boolean adopted;

  TransferCheck(ProcessWorkflow process, UUID run) {
    this.process = process;
    this.run = run;
  }

  /** Reads the list, unless that was done. */
  void read() {
    @Nullable String next = null;
    while (!read) {
      String after = next;
      Checked checked =
          process.run(
              PayrollProcess.CHECK_TRANSFERS,
              TransferCheckSteps.class,
              steps -> steps.check(run, after));
      next = checked.next();
      adopted = checked.adopted();
      read = next == null;
    }
  }

  /** Whether payouts of the run were paid by transfers that were unknown. */
  boolean hasAdopted() {
    return adopted;
  }

  /** Waits for an operator's decision; then the list is to be read again. */
  void awaitDecision() {
    Hold hold =
        process.run(
            PayrollProcess.UNKNOWN_TRANSFERS, TransferCheckSteps.class, steps -> steps.hold(run));
    var _ =
        process.awaitOperator(
            PayrollProcess.UNKNOWN_TRANSFERS,
            new StepProblem(
                REASON,
                ("%d transfers that this database does not know: %s. See select * from"
                        + " unknown_transfer where decision is null")
                    .formatted(hold.transfers(), hold.totals()),
                "pay/" + REASON),
            hold.amountMinor(),
            hold.currency());
    read = false;
  }
}
