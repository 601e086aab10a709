package dev.mainstay.workflows.notification;

import dev.mainstay.workflows.notification.NotificationSteps.Batch;
import dev.mainstay.workflows.notification.NotificationSteps.Notification;
import dev.mainstay.workflows.notification.NotificationSteps.Plan;
import dev.mainstay.workflows.process.ProcessWorkflow;
import dev.mainstay.workflows.process.StepProblem;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.WorkflowInit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Plans the messages, then sends on every channel independently; the messages that none of the
 * attempts sent wait together.
 */
public final class NotificationWorkflowImpl extends ProcessWorkflow
    implements NotificationWorkflow {

  private final Notification notification;
  private final List<Batch> left = new ArrayList<>();
  private int sent;

  @WorkflowInit
  public NotificationWorkflowImpl(Input input) {
    super(NAME, input.subjectId(), input.correlationId());
    this.notification =
        new Notification(input.intakeId(), input.event(), input.subjectId(), input.correlationId());
  }

  @Override
  public Result run(Input ignored) {
    return complete(this::tell, this::tellNobodyElse);
  }

  private Result tell() {
    Plan plan =
        run(NotificationProcess.PLAN, NotificationSteps.class, steps -> steps.plan(notification));
    left.addAll(plan.batches());
    int tried = plan.tried();
    while (!left.isEmpty()) {
      List<StepGaveUp> failures = sendOnEveryChannel(tried);
      tried = 0;
      if (!failures.isEmpty()
          && awaitOperator(NotificationProcess.SEND, problem(failures)) == OperatorAction.SKIP) {
        suppress("skipped");
      }
    }
    return new Result(sent, false);
  }

  private Result tellNobodyElse() {
    suppress("cancelled");
    return new Result(sent, true);
  }

  /** Sends on each channel at its own pace; returns when all of them are done or have given up. */
  private List<StepGaveUp> sendOnEveryChannel(int tried) {
    var failures = new ArrayList<StepGaveUp>();
    List<Promise<Void>> channels =
        List.copyOf(left).stream()
            .map(batch -> Async.procedure(() -> send(tried, batch, failures)))
            .toList();
    Promise.allOf(channels).get();
    return failures;
  }

  private void send(int tried, Batch batch, List<StepGaveUp> failures) {
    try {
      int now =
          StepRunner.afterAttempts(
              tried,
              NotificationProcess.SEND.on(batch.channel().queue()),
              MessageSteps.class,
              steps -> steps.send(batch));
      // read only now, since other channels have sent meanwhile
      sent += now;
      left.remove(batch);
    } catch (StepGaveUp gaveUp) {
      failures.add(gaveUp);
    }
  }

  private void suppress(String because) {
    List<UUID> messages = left.stream().flatMap(batch -> batch.messages().stream()).toList();
    perform(
        NotificationProcess.SUPPRESS,
        NotificationSteps.class,
        steps -> steps.suppress(messages, because));
    left.clear();
  }

  private static StepProblem problem(List<StepGaveUp> failures) {
    return StepProblem.stepFailed(
        String.join("; ", failures.stream().map(StepGaveUp::error).toList()),
        failures.getFirst().fingerprint());
  }
}
