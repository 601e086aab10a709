package dev.mainstay.api.stripe;

import dev.mainstay.api.payroll.TransferFact;
import dev.mainstay.api.purchase.PurchaseRequest;
import dev.mainstay.api.refund.RefundFact;
import dev.mainstay.api.vendor.AccountReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The information in an event about a payment of ours. */
sealed interface StripePayment {

  /** The event is of a type that is not acted on, or its money has not arrived. */
  record Ignored() implements StripePayment {}

  /**
   * The event is not for this installation, or cannot be acted on as it is configured.
   *
   * @param type as Stripe names it
   */
  record NotActedOn(SetAside reason, String type) implements StripePayment {}

  /**
   * The event is of a connected account, whose money is not the platform's.
   *
   * @param report what it says about the account of a vendor; null if nothing
   */
  record OfConnectedAccount(@Nullable AccountReport report) implements StripePayment {}

  /** A payment without our metadata: other business on the same account. */
  record NotOurs() implements StripePayment {}

  /**
   * A payment for a course.
   *
   * @param dropped optional metadata that could not be used; the student's own is taken instead
   */
  record Paid(PurchaseRequest request, List<String> dropped) implements StripePayment {}

  /** Money that went back, of a payment that need not be ours. */
  record Refunded(RefundFact fact) implements StripePayment {}

  /** A transfer to a vendor, as far as it went. */
  record Transferred(TransferFact fact) implements StripePayment {}

  /**
   * A payment with our metadata from which no purchase can be created.
   *
   * @param error the error, without the values
   * @param amountMinor null with currency if the event has neither
   */
  record Unusable(
      String paymentId, String error, @Nullable Long amountMinor, @Nullable String currency)
      implements StripePayment {}
}
