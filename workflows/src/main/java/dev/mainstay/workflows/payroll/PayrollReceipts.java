package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PageOutcome;
import dev.mainstay.workflows.process.ProcessWorkflow;
import dev.mainstay.workflows.process.StepProblem;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The receipts of a run's payouts. Money comes first: receipts that could not be written hold up no
 * payout, and are written once all is paid.
 */
final class PayrollReceipts {

  private static final KeyRange ALL = new KeyRange(null, new UUID(-1, -1).toString());

  // More than these are one range from the first to the last: receipts that are there are passed
  // over.
  private static final int MOST_RANGES = 100;

  private final ProcessWorkflow process;
  private final UUID run;
  private final List<KeyRange> remaining;

  PayrollReceipts(ProcessWorkflow process, UUID run, List<KeyRange> remaining) {
    this.process = process;
    this.run = run;
    this.remaining = new ArrayList<>(remaining);
  }

  /** The pages whose receipts are still to be written, as few as a payload holds with ease. */
  List<KeyRange> remaining() {
    return remaining.size() <= MOST_RANGES
        ? remaining
        : List.of(new KeyRange(null, remaining.getLast().upTo()));
  }

  /** Writes the receipts of a page, or keeps it for later. */
  void write(KeyRange payouts) {
    if (problemOf(payouts) != null) {
      remaining.add(payouts);
    }
  }

  /** Keeps all payouts for later: some were paid, but by no page of this run. */
  void addAll() {
    if (!remaining.contains(ALL)) {
      remaining.add(ALL);
    }
  }

  /** Writes those that were kept, with an operator where they still cannot be written. */
  void writeRemaining() {
    while (!remaining.isEmpty()) {
      StepProblem problem = problemOf(remaining.getFirst());
      if (problem == null) {
        remaining.removeFirst();
      } else if (process.awaitOperator(PayrollProcess.RECEIPTS, problem) == OperatorAction.SKIP) {
        remaining.clear();
      }
    }
  }

  /** Why receipts of a page could not be written; null where all were. */
  private @Nullable StepProblem problemOf(KeyRange payouts) {
    try {
      PageOutcome written =
          StepRunner.run(
              PayrollProcess.RECEIPTS, ReceiptSteps.class, steps -> steps.write(run, payouts));
      return written.failed() == null
          ? null
          : StepProblem.stepFailed(written.failed(), "receipts/items-failed");
    } catch (StepGaveUp gaveUp) {
      return StepProblem.of(gaveUp);
    }
  }
}
