package dev.mainstay.workflows.purchase;

import dev.mainstay.workflows.purchase.TrainerFreeSteps.Waiting;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.List;

/** Finds the purchases that wait, and signals each of them. */
public final class TrainerFreeWorkflowImpl implements TrainerFreeWorkflow {

  @Override
  public Result run(Input free) {
    Waiting waiting;
    try {
      waiting =
          StepRunner.run(PurchaseProcess.WHO_WAITS, TrainerFreeSteps.class, s -> s.whoWaits(free));
    } catch (StepGaveUp gaveUp) {
      // Only speed is lost: each purchase looks by itself every 15 minutes.
      Workflow.getLogger(TrainerFreeWorkflowImpl.class)
          .warn("Nobody is told that trainer {} is free", free.trainerId(), gaveUp);
      return new Result(0);
    }
    List<Promise<Boolean>> told = waiting.workflowIds().stream().map(this::tell).toList();
    Promise.allOf(told).get();
    return new Result((int) told.stream().filter(Promise::get).count());
  }

  /** Whether the run existed and was signalled; a run that has ended no longer waits. */
  private Promise<Boolean> tell(String workflowId) {
    var purchase = Workflow.newExternalWorkflowStub(PurchaseWorkflow.class, workflowId);
    return Async.procedure(purchase::trainerFree)
        .handle((_, failure) -> {
          if (failure == null) {
            return true;
          }
          if (failure instanceof ApplicationFailure) {
            // The SDK's form of the server's answer that there is no such open run
            return false;
          }
          throw failure;
        });
  }
}
