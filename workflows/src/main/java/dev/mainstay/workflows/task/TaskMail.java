package dev.mainstay.workflows.task;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.UUID;

/** The mail that ends a task, on the queue {@code messages-email}. */
@ActivityInterface
public interface TaskMail {

  /**
   * Sends the mail, once, and ends the task with its outcome; a task that has already ended stays
   * as it is.
   *
   * @return the result of the task
   */
  @ActivityMethod(name = "sendTaskMail")
  TaskWorkflow.Result send(UUID taskId);
}
