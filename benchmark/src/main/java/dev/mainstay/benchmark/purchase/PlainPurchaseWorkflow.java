package dev.mainstay.benchmark.purchase;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * The reference: a run per purchase, each step an ordinary activity, as one would port it first.
 */
@WorkflowInterface
public interface PlainPurchaseWorkflow {

  String QUEUE = "plain-purchases";

  @WorkflowMethod
  void run(PaymentRequest order);
}
