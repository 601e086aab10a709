package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.page.Counts;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/**
 * Sweep: compares what we say was paid, what the runs say came of it, and what the provider says it
 * has transferred. What differs is no failure of the sweep: it is kept with both sides, and an
 * operator is told.
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
   * @return {@code transfers} that the provider told of, and {@code differences}
   */
  @WorkflowMethod(name = TYPE)
  Counts run();
}
