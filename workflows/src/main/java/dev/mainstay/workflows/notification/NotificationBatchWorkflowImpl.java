package dev.mainstay.workflows.notification;

import dev.mainstay.workflows.notification.NotificationSteps.Batch;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.List;

/** Plan, then one try on each channel by itself: the happy path, cheap in a flood. */
public final class NotificationBatchWorkflowImpl implements NotificationBatchWorkflow {

  private int sent;
  private boolean isAllSent = true;
  private int requeued;

  @Override
  public Result run(Input input) {
    try {
      tell(input);
    } catch (StepGaveUp | CanceledFailure left) {
      isAllSent = false;
    }
    if (!isAllSent) {
      Workflow.newDetachedCancellationScope(() -> requeue(input)).run();
    }
    return new Result(sent, requeued);
  }

  private void tell(Input input) throws StepGaveUp {
    List<Batch> batches =
        StepRunner.run(
                NotificationProcess.PLAN_ALL,
                NotificationSteps.class,
                steps -> steps.planAll(input.intakeIds()))
            .batches();
    Promise.allOf(batches.stream().map(batch -> Async.procedure(() -> send(batch))).toList()).get();
  }

  private void send(Batch batch) {
    try {
      int now =
          StepRunner.run(
              NotificationProcess.SEND_ONCE.on(batch.channel().queue()),
              MessageSteps.class,
              steps -> steps.send(batch));
      // read only now, since other channels have sent meanwhile
      sent += now;
    } catch (StepGaveUp gaveUp) {
      isAllSent = false;
    }
  }

  private void requeue(Input input) {
    requeued = StepRunner.withoutLimit(NotificationSteps.class).requeue(input.intakeIds());
  }
}
