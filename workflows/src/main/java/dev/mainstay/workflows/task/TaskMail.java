package dev.mainstay.workflows.task;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.UUID;

/** The mail that ends a task, on the queue {@code messages-email}. */
@ActivityInterface
public interface TaskMail {

  /**
   * Sends the mail, once, and ends the task with what came of it; what has ended it leaves as it
   * is.
   *
   * @return how the task has ended
   */
  @ActivityMethod(name = "sendTaskMail")
  TaskWorkflow.Result send(UUID taskId);
}
