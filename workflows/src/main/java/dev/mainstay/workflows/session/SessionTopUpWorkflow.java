package dev.mainstay.workflows.session;

import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.sweep.Sweep;
import dev.mainstay.workflows.sweep.SweepPosition;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sweep: every active allocation that is short of future sessions is filled up, so that a student
 * always knows the days to come.
 */
@WorkflowInterface
public interface SessionTopUpWorkflow {

  /** The sweep's name, which is its module's, its Schedule's and its flag's. */
  String NAME = "session-top-up";

  /** The workflow's type. */
  String TYPE = "SessionTopUp";

  /** Ends a run that hangs; its turn comes every 6 hours. */
  Duration EXECUTION_TIMEOUT = Duration.ofHours(5);

  /** The workflow's id; the Schedule adds the nominal time. */
  static String id() {
    return Sweep.id(NAME);
  }

  /**
   * Goes over all active allocations.
   *
   * @param from the position of the previous run, if this one continues it; null at a start
   * @return {@code allocations} looked at, {@code toppedUp} of them, {@code sessions} added
   */
  @WorkflowMethod(name = TYPE)
  Counts run(@Nullable SweepPosition from);
}
