package dev.mainstay.api.stripe;

import dev.mainstay.api.payroll.TransferService;
import dev.mainstay.api.purchase.PaymentAttention;
import dev.mainstay.api.purchase.PurchaseAcceptedResponse;
import dev.mainstay.api.purchase.PurchaseService;
import dev.mainstay.api.refund.RefundService;
import dev.mainstay.api.stripe.StripePayment.Announced;
import dev.mainstay.api.stripe.StripePayment.Ignored;
import dev.mainstay.api.stripe.StripePayment.NotActedOn;
import dev.mainstay.api.stripe.StripePayment.NotOurs;
import dev.mainstay.api.stripe.StripePayment.OfConnectedAccount;
import dev.mainstay.api.stripe.StripePayment.Paid;
import dev.mainstay.api.stripe.StripePayment.Received;
import dev.mainstay.api.stripe.StripePayment.Refunded;
import dev.mainstay.api.stripe.StripePayment.Transferred;
import dev.mainstay.api.stripe.StripePayment.Unusable;
import dev.mainstay.api.vendor.AccountReport;
import dev.mainstay.api.vendor.ConnectedAccounts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Acts on Stripe's events and counts the results. */
@Component
class StripeWebhook {

  private static final Logger log = LoggerFactory.getLogger(StripeWebhook.class);

  private final PurchaseService purchases;
  private final RefundService refunds;
  private final TransferService transfers;
  private final PaymentAnnouncements announcements;
  private final ConnectedAccounts accounts;
  private final PaymentAttention attention;
  private final WebhookNotices notices;
  private final MeterRegistry metrics;

  StripeWebhook(
      PurchaseService purchases,
      RefundService refunds,
      TransferService transfers,
      PaymentAnnouncements announcements,
      ConnectedAccounts accounts,
      PaymentAttention attention,
      WebhookNotices notices,
      MeterRegistry metrics) {
    this.purchases = purchases;
    this.refunds = refunds;
    this.transfers = transfers;
    this.announcements = announcements;
    this.accounts = accounts;
    this.attention = attention;
    this.notices = notices;
    this.metrics = metrics;
    // From 0 on, so that the first one is an increase
    for (SetAside reason : SetAside.values()) {
      counter(StripeEvent.OTHER, reason.text());
    }
  }

  /** Handles the event; returns the payment's purchase, empty if the event starts none. */
  Optional<PurchaseAcceptedResponse> receive(StripeEvent event, String correlationId) {
    return act(event, event.content(), correlationId);
  }

  private Optional<PurchaseAcceptedResponse> act(
      StripeEvent event, StripePayment content, String correlationId) {
    return switch (content) {
      case Ignored _ -> {
        count(event.type(), "ignored");
        yield Optional.empty();
      }
      case NotActedOn(SetAside reason, String type) -> {
        notices.record(reason, type);
        count(event.type(), reason.text());
        yield Optional.empty();
      }
      case OfConnectedAccount(AccountReport report) -> {
        if (report != null) {
          accounts.record(report, correlationId);
        }
        count(event.type(), "connected-account");
        yield Optional.empty();
      }
      case NotOurs _ -> {
        count(event.type(), "not-ours");
        yield Optional.empty();
      }
      case Announced announced ->
          actOrCount(event, announcements.announce(announced), "announced", correlationId);
      case Received received ->
          actOrCount(event, announcements.receive(received), "not-ours", correlationId);
      case Unusable unusable -> {
        attention.unusable(
            StripeEvents.PROVIDER,
            unusable.paymentId(),
            unusable.error(),
            unusable.amountMinor(),
            unusable.currency());
        log.warn("Payment {} needs attention: {}", unusable.paymentId(), unusable.error());
        count(event.type(), "unusable");
        yield Optional.empty();
      }
      case Refunded refunded -> {
        refunds.record(refunded.fact(), correlationId);
        count(event.type(), "refund");
        yield Optional.empty();
      }
      case Transferred transferred -> {
        transfers.record(transferred.fact());
        count(event.type(), "transfer");
        yield Optional.empty();
      }
      case Paid paid -> {
        PurchaseAcceptedResponse answer = purchases.createFromEvent(paid.request(), correlationId);
        if (!paid.dropped().isEmpty()) {
          log.warn(
              "Payment {} was taken in without what cannot be used: {}",
              paid.request().providerPaymentId(),
              paid.dropped());
        }
        count(event.type(), "taken-in");
        yield Optional.of(answer);
      }
    };
  }

  /** Acts on a payment whose other half came before, or counts the half. */
  private Optional<PurchaseAcceptedResponse> actOrCount(
      StripeEvent event, Optional<StripePayment> payment, String half, String correlationId) {
    if (payment.isPresent()) {
      return act(event, payment.get(), correlationId);
    }
    count(event.type(), half);
    return Optional.empty();
  }

  /** Counts a refused event: its signature is not valid, or it is not a Stripe event. */
  void refused() {
    count(StripeEvent.OTHER, "refused");
  }

  private void count(String type, String result) {
    counter(type, result).increment();
  }

  private Counter counter(String type, String result) {
    return metrics.counter("mainstay.webhook.events", "type", type, "result", result);
  }
}
