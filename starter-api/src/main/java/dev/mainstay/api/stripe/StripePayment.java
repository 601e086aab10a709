package dev.mainstay.api.stripe;

import dev.mainstay.api.payroll.TransferFact;
import dev.mainstay.api.purchase.PurchaseRequest;
import dev.mainstay.api.refund.RefundFact;
import dev.mainstay.api.vendor.AccountReport;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The information in an event about a payment of ours. */
sealed interface StripePayment {

  /**
   * Money that arrived, with what it is for.
   *
   * @param amountMinor null if it makes no sense, as {@code currency}; the metadata then has the
   *     problem
   */
  static StripePayment of(
      String paymentId,
      StripeMetadata metadata,
      @Nullable Long amountMinor,
      @Nullable Currency currency) {
    UUID student = metadata.studentId();
    UUID course = metadata.courseId();
    if (!metadata.problems().isEmpty()
        || student == null
        || course == null
        || amountMinor == null
        || currency == null) {
      boolean known = amountMinor != null && currency != null;
      return new Unusable(
          paymentId,
          String.join(", ", metadata.problems()),
          known ? amountMinor : null,
          known && currency != null ? currency.getCurrencyCode() : null);
    }
    return new Paid(
        new PurchaseRequest(
            StripeEvents.PROVIDER,
            paymentId,
            student,
            course,
            amountMinor,
            currency,
            metadata.preferredTime(),
            metadata.zone()),
        metadata.dropped());
  }

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

  /**
   * A Checkout session whose money has not arrived says what its payment will be for. The payment
   * intent that brings the money need not say it again.
   */
  record Announced(String paymentId, StripeMetadata metadata) implements StripePayment {}

  /** Money of a payment that does not say what it is for: its Checkout session may. */
  record Received(String paymentId, long amountMinor, Currency currency) implements StripePayment {}

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
