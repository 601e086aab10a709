package dev.mainstay.benchmark.purchase;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

public final class PlainPurchaseWorkflowImpl implements PlainPurchaseWorkflow {

  private final PlainPurchaseSteps steps =
      Workflow.newActivityStub(
          PlainPurchaseSteps.class,
          ActivityOptions.newBuilder()
              .setStartToCloseTimeout(Duration.ofSeconds(30))
              .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(5).build())
              .build());

  @Override
  public void run(PaymentRequest order) {
    steps.createPurchase(order);
    steps.allocateTrainer(order.purchaseId());
    steps.scheduleSessions(order.purchaseId());
    steps.sendConfirmation(order.purchaseId());
    steps.invalidateStudentCaches(order.purchaseId());
  }
}
