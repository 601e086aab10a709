package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.attention.AttendedWorkflow;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionWait;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.payroll.PayoutSteps.Outcome;
import dev.mainstay.workflows.payroll.PayoutSteps.Paid;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.Step;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Find out what became of it; where it was refused, wait for an operator; write its receipt. */
public final class PayoutWorkflowImpl extends AttendedWorkflow implements PayoutWorkflow {

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  /** By then a provider has been asked nine times, and somebody should ask it by other means. */
  private static final Duration ATTENTION_AFTER = Duration.ofHours(4);

  private static final OperatorNote ANSWERED =
      new OperatorNote("mainstay", "the provider has answered");

  private final Input input;
  private final UUID id;
  private boolean mayCancel;
  private boolean ended;
  private @Nullable OperatorNote cancellation;

  @WorkflowInit
  public PayoutWorkflowImpl(Input input) {
    super(input.payoutId(), input.correlationId());
    this.input = input;
    this.id = input.payoutId();
  }

  @Override
  public Result run(Input ignored) {
    var result = new Result[1];
    // Money is not called back by ending its run: a cancellation in Temporal is the signal's.
    var cancelled = CancellationScope.current().getCancellationRequest();
    var _ =
        cancelled.thenApply(why -> {
          var _ =
              Async.procedure(this::cancel, new OperatorNote("temporal", "cancelled in Temporal"));
          return why;
        });
    Workflow.newDetachedCancellationScope(
            () -> {
              result[0] = settle();
              ended = true;
              Workflow.await(Workflow::isEveryHandlerFinished);
            })
        .run();
    return result[0];
  }

  private Result settle() {
    Paid paid = look();
    while (paid.outcome() != Outcome.PAID) {
      switch (paid.outcome()) {
        case UNKNOWN, PAUSED -> paid = findOut(paid);
        case FAILED, INSUFFICIENT_BALANCE -> {
          if (awaitRetry(paid)) {
            paid = payAgain();
          } else if (giveUp()) {
            return Result.CANCELLED;
          } else {
            paid = look();
          }
        }
        case PAID -> throw new IllegalStateException("the loop has ended");
      }
    }
    writeReceipt();
    return Result.PAID;
  }

  /** Asks again, ever more seldom, until it is known. */
  private Paid findOut(Paid unknown) {
    long since = Workflow.currentTimeMillis();
    Duration pause = FIRST_PAUSE;
    Paid paid = unknown;
    do {
      boolean isLong =
          Workflow.currentTimeMillis() - since >= ATTENTION_AFTER.toMillis()
              && paid.outcome() == Outcome.UNKNOWN;
      if (isLong) {
        awaitOperatorFor(pause, paid);
      } else {
        Duration nextLook = pause;
        attention.waitFor(
            "the provider to say whether it has paid",
            () -> Workflow.await(nextLook, attention::isWoken));
      }
      paid = ask();
      pause = longer(pause);
    } while (paid.outcome() == Outcome.UNKNOWN || paid.outcome() == Outcome.PAUSED);
    attention.close(OperatorAction.RETRY, ANSWERED);
    tellRun();
    return paid;
  }

  private void awaitOperatorFor(Duration pause, Paid unknown) {
    CancellationScope nextLook =
        Workflow.newCancellationScope(() -> {
          var _ =
              Workflow.newTimer(pause)
                  .thenApply(_ -> {
                    attention.wake();
                    return true;
                  });
        });
    nextLook.run();
    attention.awaitOperator(
        item(PayoutProcess.FIND_OUT, "payout-unknown", unknown.why(), "find-out/unknown"));
    nextLook.cancel();
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  private Paid ask() {
    try {
      return StepRunner.runOn(
          TaskQueues.PAYMENTS,
          PayoutProcess.FIND_OUT,
          PayoutSteps.class,
          steps -> steps.payOne(id));
    } catch (StepGaveUp gaveUp) {
      return new Paid(Outcome.UNKNOWN, gaveUp.error());
    }
  }

  /** Waits for an operator; false where one has cancelled. */
  private boolean awaitRetry(Paid refused) {
    boolean failed = refused.outcome() == Outcome.FAILED;
    mayCancel = true;
    attention.awaitOperator(
        item(
            PayoutProcess.PAY,
            failed ? "payout-refused" : "insufficient-balance",
            refused.why(),
            failed ? "pay/refused" : "pay/withheld"));
    mayCancel = false;
    return cancellation == null;
  }

  private Paid payAgain() {
    runUntilDone(
        PayoutProcess.REOPEN,
        () ->
            StepRunner.run(PayoutProcess.REOPEN, PayoutCaseSteps.class, steps -> steps.reopen(id)));
    return ask();
  }

  /** Gives it up as an operator wished, unless it turns out to have been paid. */
  private boolean giveUp() {
    OperatorNote note = cancellation == null ? ANSWERED : cancellation;
    boolean cancelled =
        runUntilDone(
            PayoutProcess.CANCEL,
            () ->
                StepRunner.runOn(
                    TaskQueues.PAYMENTS,
                    PayoutProcess.CANCEL,
                    PayoutSteps.class,
                    steps -> steps.cancel(id)));
    if (cancelled) {
      attention.close(OperatorAction.CANCEL, note);
    } else {
      attention.record(OperatorAction.CANCEL, note, "a transfer was made, or may have been");
      attention.close(OperatorAction.RETRY, ANSWERED);
    }
    cancellation = null;
    return cancelled;
  }

  private Paid look() {
    return runUntilDone(
        PayoutProcess.LOOK,
        () -> StepRunner.run(PayoutProcess.LOOK, PayoutCaseSteps.class, steps -> steps.look(id)));
  }

  private void writeReceipt() {
    try {
      StepRunner.runOn(
          TaskQueues.BULK,
          PayoutProcess.RECEIPT,
          ReceiptSteps.class,
          steps -> {
            steps.writeOne(id);
            return true;
          });
    } catch (StepGaveUp gaveUp) {
      if (attention.awaitOperator(stepFailed(PayoutProcess.RECEIPT, gaveUp))
          == OperatorAction.RETRY) {
        writeReceipt();
      }
    }
  }

  /** The run may wait for this payout; one that is over need not know. */
  private void tellRun() {
    String run = PayrollWorkflow.id(input.cadence(), input.periodStart());
    try {
      Workflow.newExternalWorkflowStub(PayrollWorkflow.class, run).settled();
    } catch (ApplicationFailure _) {
      Workflow.getLogger(PayoutWorkflowImpl.class).debug("{} is over", run);
    }
  }

  private <R> R runUntilDone(Step step, Try<R> call) {
    while (true) {
      try {
        return call.run();
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
        "payout",
        PayoutWorkflow.id(id),
        id,
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

  /** Why a cancellation does not apply now; null where it does. */
  private @Nullable String refusal(OperatorNote note) {
    String error = AttentionWait.validationError(note);
    return error != null || mayCancel
        ? error
        : "the payout may have been paid, or is being asked for";
  }

  @Override
  public void cancel(OperatorNote note) {
    String refusal = refusal(note);
    if (refusal != null) {
      attention.record(OperatorAction.CANCEL, note, refusal);
    } else if (cancellation == null) {
      cancellation = note;
      attention.wake();
    }
  }

  @Override
  public void cancelAndTell(OperatorNote note) {
    cancel(note);
    Workflow.await(() -> ended || cancellation == null);
  }

  @Override
  public void validateCancel(OperatorNote note) {
    AttentionWait.requireApplicable(refusal(note));
  }

  @Override
  public String waitingFor() {
    return attention.waitingFor();
  }

  @FunctionalInterface
  private interface Try<R> {
    R run() throws StepGaveUp;
  }
}
