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

  /** The trainer who is free, and the intake row that reports it. */
  record Input(UUID intakeId, UUID trainerId) {}

  /**
   * The result of the run.
   *
   * @param woken the number of purchases that were signalled; those whose run had ended meanwhile
   *     are not counted
   */
  record Result(int woken) {}
}
