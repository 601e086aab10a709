package dev.mainstay.workflows.payment;

import dev.mainstay.workflows.process.Claimed;
import dev.mainstay.workflows.process.ProcessWorkflow;
import io.temporal.workflow.WorkflowInit;

/** Look the payment up; while the provider does not confirm it, wait for an operator. */
public final class PaymentCheckWorkflowImpl extends ProcessWorkflow
    implements PaymentCheckWorkflow {

  private final Claimed<PaymentCheckIntake> payment;
  private boolean confirmed;

  @WorkflowInit
  public PaymentCheckWorkflowImpl(Claimed<PaymentCheckIntake> payment) {
    super(NAME, payment.businessId(), payment.correlationId());
    atRisk(payment.body().amountMinor(), payment.body().currency());
    this.payment = payment;
  }

  @Override
  public boolean run(Claimed<PaymentCheckIntake> ignored) {
    return complete(this::check, () -> confirmed);
  }

  private boolean check() {
    runUntilAccepted(
        PaymentCheckSteps.CHECK,
        "payment-mismatch",
        PaymentCheckSteps.class,
        steps -> steps.check(payment));
    confirmed = true;
    return true;
  }
}
