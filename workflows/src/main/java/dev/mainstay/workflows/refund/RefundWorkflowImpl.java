package dev.mainstay.workflows.refund;

import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.attention.AttendedWorkflow;
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
import io.temporal.workflow.Functions.Func1;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ask the provider, where an operator wants the money back; then book what went back. */
public final class RefundWorkflowImpl extends AttendedWorkflow implements RefundWorkflow {

  private final Input input;
  private final CancellationScope asking;
  private boolean asks;
  private boolean ended;
  private Result result = Result.BOOKED;
  private @Nullable OperatorNote cancellation;

  @WorkflowInit
  public RefundWorkflowImpl(Input input) {
    super(input.subjectId(), input.correlationId());
    this.input = input;
    this.asks = input.requestId() != null;
    this.asking = Workflow.newCancellationScope(this::ask);
  }

  @Override
  public Result run(Input ignored) {
    try {
      asking.run();
      // What went back went back: booking it cannot be cancelled.
      Workflow.newDetachedCancellationScope(this::book).run();
    } catch (CanceledFailure cancelled) {
      Workflow.newDetachedCancellationScope(this::giveUp).run();
    }
    ended = true;
    Workflow.newDetachedCancellationScope(() -> Workflow.await(Workflow::isEveryHandlerFinished))
        .run();
    return result;
  }

  private void ask() {
    int attempt = 1;
    while (input.requestId() != null) {
      Request request = new Request(input.requestId(), attempt);
      AttentionItem item;
      try {
        Answer answer =
            StepRunner.runOn(
                TaskQueues.PAYMENTS,
                RefundStep.ASK,
                RefundPayments.class,
                payments -> payments.ask(request));
        if (answer.outcome() == Outcome.ACCEPTED) {
          break;
        }
        attempt++;
        item = item(RefundStep.ASK, "refund-refused", answer.why(), "ask/refused");
      } catch (StepGaveUp gaveUp) {
        item = stepFailed(RefundStep.ASK, gaveUp);
      }
      attention.awaitOperator(item);
    }
    asks = false;
  }

  private void book() {
    UUID id = input.requestId() == null ? input.subjectId() : input.requestId();
    Refund refund = new Refund(id, input.provider(), input.providerPaymentId());
    var booked = runUntilDone(RefundStep.BOOK, steps -> steps.book(refund));
    result = booked.purchaseId() == null ? Result.WAITS_FOR_PAYMENT : Result.BOOKED;
  }

  private void giveUp() {
    OperatorNote note =
        cancellation == null ? new OperatorNote("temporal", "cancelled in Temporal") : cancellation;
    if (!attention.close(OperatorAction.CANCEL, note)) {
      attention.record(OperatorAction.CANCEL, note, null);
    }
    UUID requestId = input.requestId();
    if (requestId != null) {
      runUntilDone(
          RefundStep.CANCEL,
          steps -> {
            steps.cancel(requestId);
            return true;
          });
    }
    result = Result.CANCELLED;
  }

  private <R> R runUntilDone(Step step, Func1<RefundSteps, R> call) {
    for (boolean retried = false; true; retried = true) {
      try {
        return retried
            ? StepRunner.again(step, RefundSteps.class, call)
            : StepRunner.run(step, RefundSteps.class, call);
      } catch (StepGaveUp gaveUp) {
        attention.awaitOperator(stepFailed(step, gaveUp));
      }
    }
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
        step.retryEffect(),
        step.actions(),
        input.amountMinor(),
        input.currency(),
        input.correlationId());
  }

  private static String businessKey() {
    return Workflow.getInfo().getWorkflowId();
  }

  /** Why a cancellation does not apply now; null where it does. */
  private @Nullable String refusal(OperatorNote note) {
    String error = AttentionWait.validationError(note);
    return error != null || asks
        ? error
        : "the money went back, and that is booked whoever cancels";
  }

  @Override
  public void cancel(OperatorNote note) {
    String refusal = refusal(note);
    if (refusal != null) {
      attention.record(OperatorAction.CANCEL, note, refusal);
    } else if (cancellation == null) {
      cancellation = note;
      asking.cancel(note.reason());
    }
  }

  @Override
  public void cancelAndTell(OperatorNote note) {
    cancel(note);
    Workflow.await(() -> ended);
  }

  @Override
  public void validateCancel(OperatorNote note) {
    AttentionWait.requireApplicable(refusal(note));
  }

  @Override
  public String waitingFor() {
    return attention.waitingFor();
  }
}
