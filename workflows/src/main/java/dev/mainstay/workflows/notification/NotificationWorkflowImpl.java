package dev.mainstay.workflows.notification;

import dev.mainstay.workflows.attention.AttendedWorkflow;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionWait;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.notification.NotificationSteps.Batch;
import dev.mainstay.workflows.notification.NotificationSteps.Notification;
import dev.mainstay.workflows.notification.NotificationSteps.Plan;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.Step;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Functions.Func1;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Plan who is told, then every channel by itself; what none of its attempts sent waits together.
 */
public final class NotificationWorkflowImpl extends AttendedWorkflow
    implements NotificationWorkflow {

  private final Input input;
  private final CancellationScope telling;
  private final List<Batch> left = new ArrayList<>();
  private int sent;
  private boolean ended;
  private @Nullable OperatorNote cancellation;

  @WorkflowInit
  public NotificationWorkflowImpl(Input input) {
    super(input.subjectId(), input.correlationId());
    this.input = input;
    this.telling = Workflow.newCancellationScope(this::tell);
  }

  @Override
  public Result run(Input ignored) {
    boolean cancelled = false;
    try {
      telling.run();
    } catch (CanceledFailure failure) {
      cancelled = true;
      Workflow.newDetachedCancellationScope(this::giveUp).run();
    }
    ended = true;
    Workflow.newDetachedCancellationScope(() -> Workflow.await(Workflow::isEveryHandlerFinished))
        .run();
    return new Result(sent, cancelled);
  }

  private void tell() {
    var notification =
        new Notification(input.intakeId(), input.event(), input.subjectId(), input.correlationId());
    Plan plan = runUntilDone(NotificationProcess.PLAN, steps -> steps.plan(notification));
    left.addAll(plan.batches());
    Step send =
        NotificationProcess.SEND.withAttempts(
            Math.max(1, NotificationProcess.SEND.attempts() - plan.tried()));
    while (!left.isEmpty()) {
      List<StepGaveUp> failures = sendOnEveryChannel(send);
      send = NotificationProcess.SEND;
      if (!failures.isEmpty()
          && attention.awaitOperator(item(NotificationProcess.SEND, failures))
              == OperatorAction.SKIP) {
        suppress("skipped");
      }
    }
  }

  /** Each channel at its own pace; returns when all of them are done or have given up. */
  private List<StepGaveUp> sendOnEveryChannel(Step step) {
    var failures = new ArrayList<StepGaveUp>();
    List<Promise<Void>> channels =
        List.copyOf(left).stream()
            .map(batch -> Async.procedure(() -> send(step, batch, failures)))
            .toList();
    Promise.allOf(channels).get();
    return failures;
  }

  private void send(Step step, Batch batch, List<StepGaveUp> failures) {
    try {
      int now =
          StepRunner.runOn(
              batch.channel().queue(), step, MessageSteps.class, steps -> steps.send(batch));
      // read only now, since other channels have sent meanwhile
      sent += now;
      left.remove(batch);
    } catch (StepGaveUp gaveUp) {
      failures.add(gaveUp);
    }
  }

  private void suppress(String because) {
    List<UUID> messages = left.stream().flatMap(batch -> batch.messages().stream()).toList();
    runUntilDone(
        NotificationProcess.SUPPRESS,
        steps -> {
          steps.suppress(messages, because);
          return true;
        });
    left.clear();
  }

  private void giveUp() {
    OperatorNote note =
        cancellation == null ? new OperatorNote("temporal", "cancelled in Temporal") : cancellation;
    if (!attention.close(OperatorAction.CANCEL, note)) {
      attention.record(OperatorAction.CANCEL, note, null);
    }
    suppress("cancelled");
  }

  private <R> R runUntilDone(Step step, Func1<NotificationSteps, R> call) {
    for (boolean retried = false; true; retried = true) {
      try {
        return retried
            ? StepRunner.again(step, NotificationSteps.class, call)
            : StepRunner.run(step, NotificationSteps.class, call);
      } catch (StepGaveUp gaveUp) {
        attention.awaitOperator(item(step, List.of(gaveUp)));
      }
    }
  }

  private AttentionItem item(Step step, List<StepGaveUp> failures) {
    return new AttentionItem(
        NAME,
        Workflow.getInfo().getWorkflowId(),
        input.subjectId(),
        step.name(),
        "step-failed",
        String.join("; ", failures.stream().map(StepGaveUp::error).toList()),
        failures.getFirst().fingerprint(),
        step.retryEffect(),
        step.actions(),
        null,
        null,
        input.correlationId());
  }

  @Override
  public void cancel(OperatorNote note) {
    String error = AttentionWait.validationError(note);
    if (error != null) {
      attention.record(OperatorAction.CANCEL, note, error);
    } else if (cancellation == null) {
      cancellation = note;
      telling.cancel(note.reason());
    }
  }

  @Override
  public void cancelAndTell(OperatorNote note) {
    cancel(note);
    Workflow.await(() -> ended);
  }

  @Override
  public void validateCancel(OperatorNote note) {
    AttentionWait.requireApplicable(AttentionWait.validationError(note));
  }

  @Override
  public String waitingFor() {
    return attention.waitingFor();
  }
}
