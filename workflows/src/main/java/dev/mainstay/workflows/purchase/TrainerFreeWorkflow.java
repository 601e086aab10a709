package dev.mainstay.workflows.purchase;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.UUID;

/**
 * Wakes the purchases that wait for a trainer when a place or a time of one falls free. It only
 * wakes them: who gets the place is for the step allocate to say.
 */
@WorkflowInterface
public interface TrainerFreeWorkflow {

  /** The process, and the kind of its intake rows. */
  String NAME = "trainer-free";

  /** How many purchases one run wakes at most, those that have waited longest. */
  int MOST = 50;

  /** The workflow's id: one run per row of the intake. */
  static String id(UUID intakeId) {
    return NAME + "/" + intakeId;
  }

  @WorkflowMethod(name = "TrainerFree")
  Result run(Input input);

  /** Whose place fell free, and the row of the intake that says so. */
  record Input(UUID intakeId, UUID trainerId) {}

  /**
   * What became of it.
   *
   * @param woken how many purchases were told; one whose run had ended meanwhile is none of them
   */
  record Result(int woken) {}
}
