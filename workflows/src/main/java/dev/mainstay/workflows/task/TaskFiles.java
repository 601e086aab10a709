package dev.mainstay.workflows.task;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.UUID;

/** Creates the files of tasks, on the queue {@code bulk}. */
@ActivityInterface
public interface TaskFiles {

  /**
   * Makes the task's file, in place of one that was made before.
   *
   * @return false where the task has ended, and nothing was made
   */
  @ActivityMethod(name = "makeTaskFile")
  boolean make(UUID taskId);
}
