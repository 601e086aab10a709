package dev.mainstay.workflows.purchase;

import dev.mainstay.workflows.purchase.TrainerFreeWorkflow.Input;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** The step of {@link TrainerFreeWorkflow}. */
@ActivityInterface
public interface TrainerFreeSteps {

  /**
   * Returns the purchases that wait for a trainer of one of this trainer's courses, the longest
   * wait first, and none if the trainer has no place left; marks the intake row done.
   */
  @ActivityMethod(name = "whoWaitsForTrainer")
  Waiting whoWaits(Input free);

  /**
   * The purchases that wait.
   *
   * @param workflowIds of their runs, at most {@link TrainerFreeWorkflow#MOST}
   */
  record Waiting(List<String> workflowIds) {
    public Waiting {
      workflowIds = List.copyOf(workflowIds);
    }
  }
}
