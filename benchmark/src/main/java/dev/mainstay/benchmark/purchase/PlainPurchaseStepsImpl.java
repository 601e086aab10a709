package dev.mainstay.benchmark.purchase;

import java.util.UUID;

/**
 * Nothing is sent and nothing is cached, as in the measured product: those activities cost their
 * round trips only.
 */
final class PlainPurchaseStepsImpl implements PlainPurchaseSteps {

  private final ProductSteps steps;

  PlainPurchaseStepsImpl(ProductSteps steps) {
    this.steps = steps;
  }

  @Override
  public void createPurchase(PaymentRequest order) {
    steps.create(order);
  }

  @Override
  public void allocateTrainer(UUID purchaseId) {
    steps.allocate(purchaseId);
  }

  @Override
  public void scheduleSessions(UUID purchaseId) {
    steps.schedule(purchaseId);
  }

  @Override
  public void sendConfirmation(UUID purchaseId) {}

  @Override
  public void invalidateStudentCaches(UUID purchaseId) {}
}
