package dev.mainstay.workflows.payment;

import dev.mainstay.workflows.process.Claimed;
import dev.mainstay.workflows.process.IntakeKind;
import dev.mainstay.workflows.process.OperatorSignals;
import dev.mainstay.workflows.process.ProcessType;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Set;

/**
 * Confirms a payment that a client asserts. Until the provider confirms it, its earnings are held.
 * Its {@code cancel} stops asking the provider: the earnings stay held.
 */
@WorkflowInterface
public interface PaymentCheckWorkflow extends OperatorSignals {

  /** The process, and the kind of its intake rows. */
  String NAME = "payment-check";

  /** The providers that confirm payments. What a client says of others counts at once. */
  Set<String> PROVIDERS = Set.of("stripe");

  ProcessType TYPE =
      ProcessType.of(NAME, PaymentCheckWorkflow.class)
          .withSteps(PaymentCheckSteps.CHECK)
          .startedBy(IntakeKind.of(NAME, PaymentCheckIntake.class, PaymentCheckIntake::start));

  /** The workflow's id: one run per payment. */
  static String id(String provider, String paymentId) {
    return NAME + "/" + provider + "/" + paymentId;
  }

  /** Returns whether the payment is confirmed. */
  @WorkflowMethod(name = "PaymentCheck")
  boolean run(Claimed<PaymentCheckIntake> payment);
}
