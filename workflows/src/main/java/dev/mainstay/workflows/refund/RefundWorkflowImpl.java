package dev.mainstay.workflows.refund;

import dev.mainstay.workflows.process.ProcessWorkflow;
import dev.mainstay.workflows.process.StepProblem;
import dev.mainstay.workflows.refund.RefundPayments.Answer;
import dev.mainstay.workflows.refund.RefundPayments.Outcome;
import dev.mainstay.workflows.refund.RefundSteps.Refund;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ask the provider, where an operator wants the money back; wait until it has arrived; then book
 * what went back.
 */
public final class RefundWorkflowImpl extends ProcessWorkflow implements RefundWorkflow {

  private static final String WENT_BACK =
      "the provider has accepted the refund, and what went back is booked whoever cancels";

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

  /** Stripe sends most refunds within ten days. */
  private static final Duration ATTENTION_AFTER = Duration.ofDays(30);

  private final Input input;
  private final @Nullable UUID requestId;

  @WorkflowInit
  public RefundWorkflowImpl(Input input) {
    super(NAME, input.subjectId(), input.correlationId());
    atRisk(input.amountMinor(), input.currency());
    this.input = input;
    this.requestId = input.requestId();
    if (requestId == null) {
      refuseCancel(WENT_BACK);
    }
  }

  @Override
  public Result run(Input ignored) {
    UUID request = requestId;
    return request == null
        ? complete(() -> uncancellable(WENT_BACK, this::book))
        : complete(() -> give(request), () -> letBe(request));
  }

  private Result give(UUID request) {
    Answer accepted = ask(request);
    return uncancellable(WENT_BACK, () -> settle(request, accepted));
  }

  private Answer ask(UUID request) {
    Answer answer = askOnce(request);
    while (answer.outcome() == Outcome.REFUSED) {
      awaitOperator(
          RefundProcess.ASK, new StepProblem("refund-refused", answer.why(), "ask/refused"));
      answer = askOnce(request);
    }
    return answer;
  }

  private Answer askOnce(UUID request) {
    return run(RefundProcess.ASK, RefundPayments.class, payments -> payments.ask(request));
  }

  private Result settle(UUID request, Answer accepted) {
    Answer answer = accepted.outcome() == Outcome.PENDING ? arrived(request) : accepted;
    return switch (answer.outcome()) {
      case ARRIVED -> book();
      case FAILED -> Result.FAILED;
      case CANCELLED -> Result.CANCELLED;
      case PENDING, REFUSED -> throw new IllegalStateException("it is not settled");
    };
  }

  /** Asks again, ever more seldom, until it is known. */
  private Answer arrived(UUID request) {
    long since = Workflow.currentTimeMillis();
    Duration pause = FIRST_PAUSE;
    Answer answer;
    do {
      Duration nextLook = pause;
      if (Workflow.currentTimeMillis() - since >= ATTENTION_AFTER.toMillis()) {
        awaitOperator(nextLook);
      } else {
        attention.waitFor("the provider to send the money", () -> Workflow.sleep(nextLook));
      }
      answer = look(request);
      pause = longer(pause);
    } while (answer.outcome() == Outcome.PENDING);
    resolveUnneeded();
    return answer;
  }

  private void awaitOperator(Duration nextLook) {
    CancellationScope timer =
        Workflow.newCancellationScope(() -> {
          var _ =
              Workflow.newTimer(nextLook)
                  .thenApply(_ -> {
                    attention.wake();
                    return true;
                  });
        });
    timer.run();
    var _ =
        awaitOperator(
            RefundProcess.ARRIVE,
            new StepProblem(
                "refund-pending", "the provider has not sent the money yet", "arrive/pending"));
    timer.cancel();
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  /** A provider that cannot be asked now is asked the next time. */
  private static Answer look(UUID request) {
    try {
      return StepRunner.run(
          RefundProcess.ARRIVE, RefundPayments.class, payments -> payments.ask(request));
    } catch (StepGaveUp gaveUp) {
      return new Answer(Outcome.PENDING, gaveUp.error());
    }
  }

  private Result book() {
    UUID id = requestId == null ? input.subjectId() : requestId;
    Refund refund = new Refund(id, input.provider(), input.providerPaymentId());
    var booked = run(RefundProcess.BOOK, RefundSteps.class, steps -> steps.book(refund));
    return booked.purchaseId() == null ? Result.WAITS_FOR_PAYMENT : Result.BOOKED;
  }

  /** Money that went back all the same is booked instead. */
  private Result letBe(UUID request) {
    Answer answer =
        run(RefundProcess.CANCEL, RefundPayments.class, payments -> payments.cancel(request));
    if (answer.outcome() != Outcome.CANCELLED) {
      refuseCancel(WENT_BACK);
    }
    return settle(request, answer);
  }
}
