package dev.mainstay.benchmark.purchase;

import io.temporal.activity.ActivityInterface;
import java.util.UUID;

/** The product's own steps, one purchase and one remote activity each. */
@ActivityInterface
public interface PlainPurchaseSteps {

  void createPurchase(PaymentRequest order);

  void allocateTrainer(UUID purchaseId);

  void scheduleSessions(UUID purchaseId);

  void sendConfirmation(UUID purchaseId);

  void invalidateStudentCaches(UUID purchaseId);
}
