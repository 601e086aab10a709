package dev.mainstay.workflows.refund;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The steps of a refund on our own database, each one transaction, each safe to run again. */
@ActivityInterface
public interface RefundSteps {

  /**
   * Books what the facts say of the payment; a payment that went back in full ends its purchase,
   * and a run in which that waits is woken.
   */
  @ActivityMethod(name = "bookRefund")
  Booked book(Refund refund);

  /**
   * Identifies the refund.
   *
   * @param id of the intake row: the request's, or the refund's own
   */
  record Refund(UUID id, String provider, String providerPaymentId) {}

  /**
   * The result of booking.
   *
   * @param purchaseId the purchase of the payment; null if the payment has not arrived
   */
  record Booked(@Nullable UUID purchaseId) {}
}
