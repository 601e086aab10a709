package dev.mainstay.workflows.reminder;

import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.sweep.SweepPosition;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One part of a sweep of reminders, in pages: what is due is written, or one channel sends what
 * waits on it. A channel that is dead holds up no other.
 */
@WorkflowInterface
public interface ReminderPartWorkflow {

  /**
   * The workflow's id.
   *
   * @param sweepId of the sweep's own run
   */
  static String id(String sweepId, ReminderPart part) {
    return sweepId + "/" + part.text();
  }

  /**
   * Goes over the part.
   *
   * @param from the beginning, or the position of the previous run
   * @return {@code due}, {@code written} and {@code suppressed} of the part that writes; {@code
   *     sent}, {@code notSent}, {@code held} and {@code failed} of one that sends
   */
  @WorkflowMethod(name = "ReminderPart")
  Counts run(ReminderPart part, SweepPosition from);
}
