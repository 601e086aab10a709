package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.page.Counts;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/**
 * Sweep: compares the payouts in our ledger, the outcomes in the runs, and the transfers at the
 * provider. A difference does not fail the sweep: it is kept with both sides, and reported to an
 * operator.
 */
@WorkflowInterface
public interface PayrollReconciliation {

  /** The sweep, its schedule, its worker and its flag. */
  String NAME = "payroll-reconciliation";

  String TYPE = "PayrollReconciliation";

  /** Ends a run that hangs; its turn comes every day. */
  Duration EXECUTION_TIMEOUT = Duration.ofHours(20);

  /** How far back it looks: a week of runs that were missed, and a day more. */
  Duration LOOKS_BACK = Duration.ofDays(8);

  /**
   * Runs the sweep.
   *
   * @return {@code transfers} that the provider reported, and {@code differences}
   */
  @WorkflowMethod(name = TYPE)
  Counts run();
}
