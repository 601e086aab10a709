package dev.mainstay.workflows.task;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.UUID;

/** The steps of a task on our own database, each one transaction, each safe to run again. */
@ActivityInterface
public interface TaskSteps {

  /**
   * Takes the task over from the intake.
   *
   * @return false where it has ended already, as by the erasure of its person
   */
  @ActivityMethod(name = "beginTask")
  boolean begin(UUID taskId);

  /**
   * Ends a task that has not ended: its mail is not sent any more.
   *
   * @return how the task has ended
   */
  @ActivityMethod(name = "endTask")
  TaskWorkflow.Result end(UUID taskId, Ending ending);

  /** Why a task ends before it is done. */
  enum Ending {
    TIMED_OUT,
    CANCELLED
  }
}
