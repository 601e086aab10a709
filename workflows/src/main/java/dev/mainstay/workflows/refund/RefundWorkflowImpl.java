package dev.mainstay.workflows.refund;

import dev.mainstay.workflows.process.ProcessWorkflow;
import dev.mainstay.workflows.process.StepProblem;
import dev.mainstay.workflows.refund.RefundPayments.Answer;
import dev.mainstay.workflows.refund.RefundPayments.Outcome;
import dev.mainstay.workflows.refund.RefundPayments.Request;
import dev.mainstay.workflows.refund.RefundSteps.Refund;
import io.temporal.workflow.WorkflowInit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ask the provider, where an operator wants the money back; then book what went back. */
public final class RefundWorkflowImpl extends ProcessWorkflow implements RefundWorkflow {

  private static final String WENT_BACK = "the money went back, and that is booked whoever cancels";

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
    return complete(
        () -> {
          if (requestId != null) {
            ask(requestId);
          }
          return uncancellable(WENT_BACK, this::book);
        },
        this::letBe);
  }

  /** The provider gives a new answer only to another attempt after a definite refusal. */
  private void ask(UUID request) {
    Answer answer = ask(new Request(request, 1));
    for (int attempt = 2; answer.outcome() == Outcome.REFUSED; attempt++) {
      awaitOperator(
          RefundProcess.ASK, new StepProblem("refund-refused", answer.why(), "ask/refused"));
      answer = ask(new Request(request, attempt));
    }
  }

  private Answer ask(Request request) {
    return run(RefundProcess.ASK, RefundPayments.class, payments -> payments.ask(request));
  }

  private Result book() {
    UUID id = requestId == null ? input.subjectId() : requestId;
    Refund refund = new Refund(id, input.provider(), input.providerPaymentId());
    var booked = run(RefundProcess.BOOK, RefundSteps.class, steps -> steps.book(refund));
    return booked.purchaseId() == null ? Result.WAITS_FOR_PAYMENT : Result.BOOKED;
  }

  private Result letBe() {
    if (requestId != null) {
      perform(RefundProcess.CANCEL, RefundSteps.class, steps -> steps.cancel(requestId));
    }
    return Result.CANCELLED;
  }
}
