package dev.mainstay.sandbox.stripe;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A refund, with the fields that clients read. */
record SimulatedRefund(
    String id,
    String paymentIntent,
    long amount,
    String currency,
    Map<String, String> metadata,
    Instant created,
    Status status) {

  /** Stripe's words in lower case. */
  enum Status {
    PENDING("pending"),
    REQUIRES_ACTION("requires_action"),
    SUCCEEDED("succeeded"),
    FAILED("failed"),
    CANCELED("canceled");

    private final String text;

    Status(String text) {
      this.text = text;
    }

    static Optional<Status> of(String text) {
      return Arrays.stream(values()).filter(status -> status.text.equals(text)).findFirst();
    }

    /** Whether the money is with the platform again. */
    boolean isFailure() {
      return this == FAILED || this == CANCELED;
    }
  }

  SimulatedRefund with(Status next) {
    return new SimulatedRefund(id, paymentIntent, amount, currency, metadata, created, next);
  }

  /** As Stripe's API shows it. */
  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("id", id);
    json.put("object", "refund");
    json.put("amount", amount);
    json.put("charge", PaymentIntent.chargeOf(paymentIntent));
    json.put("created", created.getEpochSecond());
    json.put("currency", currency);
    if (status.isFailure()) {
      json.put("failure_reason", "expired_or_canceled_card");
    }
    json.put("metadata", metadata);
    json.put("payment_intent", paymentIntent);
    json.put("status", status.text);
    return json;
  }
}
