package dev.mainstay.workflows.refund;

import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionWait;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.refund.RefundPayments.Answer;
import dev.mainstay.workflows.refund.RefundPayments.Outcome;
import dev.mainstay.workflows.refund.RefundPayments.Request;
import dev.mainstay.workflows.refund.RefundSteps.Refund;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.Step;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ask the provider, where an operator wants the money back; then book what went back. */
public final class RefundWorkflowImpl implements RefundWorkflow {

  private final Input input;
  private final AttentionWait attention = new AttentionWait();
  private final CancellationScope asking;
  private Result result = Result.CANCELLED;
  private @Nullable OperatorNote cancellation;

  @WorkflowInit
  public RefundWorkflowImpl(Input input) {
    this.input = input;
    this.asking = Workflow.newCancellationScope(this::ask);
  }

  @Override
  public Result run(Input ignored) {
    if (input.requestId() != null) {
      try {
        asking.run();
      } catch (CanceledFailure cancelled) {
        return giveUp(input.requestId());
      }
    }
    // What went back went back: booking it cannot be cancelled.
    Workflow.newDetachedCancellationScope(() -> result = book()).run();
    return result;
  }

  private void ask() {
    UUID requestId = Objects.requireNonNull(input.requestId());
    for (int attempt = 1; true; ) {
      Request request = new Request(requestId, attempt);
      AttentionItem item;
      try {
        Answer answer =
            StepRunner.runOn(
                TaskQueues.PAYMENTS,
                RefundStep.ASK,
                RefundPayments.class,
                payments -> payments.ask(request));
        if (answer.outcome() == Outcome.ACCEPTED) {
          return;
        }
        attempt++;
        item = item(RefundStep.ASK, "refund-refused", answer.why(), "ask/refused");
      } catch (StepGaveUp gaveUp) {
        item = stepFailed(RefundStep.ASK, gaveUp);
      }
      attention.untilRetried(item);
    }
  }

  private Result book() {
    UUID id = input.requestId() == null ? input.subjectId() : input.requestId();
    Refund refund = new Refund(id, input.provider(), input.providerPaymentId());
    for (boolean retried = false; true; retried = true) {
      try {
        var booked =
            retried
                ? StepRunner.again(RefundStep.BOOK, RefundSteps.class, steps -> steps.book(refund))
                : StepRunner.run(RefundStep.BOOK, RefundSteps.class, steps -> steps.book(refund));
        return booked.purchaseId() == null ? Result.WAITS_FOR_PAYMENT : Result.BOOKED;
      } catch (StepGaveUp gaveUp) {
        attention.untilRetried(stepFailed(RefundStep.BOOK, gaveUp));
      }
    }
  }

  private Result giveUp(UUID requestId) {
    OperatorNote note =
        cancellation == null
            ? new OperatorNote("temporal", "cancelled in Temporal")
            : cancellation;
    Workflow.newDetachedCancellationScope(
            () -> StepRunner.withoutLimit(RefundSteps.class).cancel(requestId))
        .run();
    attention.close(businessKey(), RefundStep.ASK.name(), OperatorAction.CANCEL, note);
    return Result.CANCELLED;
  }

  private AttentionItem stepFailed(Step step, StepGaveUp gaveUp) {
    return item(step, "step-failed", gaveUp.error(), gaveUp.fingerprint());
  }

  private AttentionItem item(Step step, String reason, String error, String fingerprint) {
    return new AttentionItem(
        "refund",
        businessKey(),
        input.subjectId(),
        step.name(),
        reason,
        error,
        fingerprint,
        step.repeats(),
        step.actions(),
        input.amountMinor(),
        input.currency(),
        input.correlationId());
  }

  private static String businessKey() {
    return Workflow.getInfo().getWorkflowId();
  }

  @Override
  public void retry(OperatorNote note) {
    attention.retry(note);
  }

  @Override
  public void cancel(OperatorNote note) {
    if (input.requestId() != null && cancellation == null) {
      cancellation = note;
      asking.cancel(note.reason());
    }
  }

  @Override
  public String waitingFor() {
    return attention.waitingFor();
  }
}
