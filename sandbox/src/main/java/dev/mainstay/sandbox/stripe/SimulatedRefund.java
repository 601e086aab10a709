package dev.mainstay.sandbox.stripe;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A refund, with the fields that clients read. It succeeds immediately, as one to a card does. */
record SimulatedRefund(
    String id,
    String paymentIntent,
    long amount,
    String currency,
    Map<String, String> metadata,
    Instant created) {

  /** As Stripe's API shows it. */
  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("id", id);
    json.put("object", "refund");
    json.put("amount", amount);
    json.put("charge", PaymentIntent.chargeOf(paymentIntent));
    json.put("created", created.getEpochSecond());
    json.put("currency", currency);
    json.put("metadata", metadata);
    json.put("payment_intent", paymentIntent);
    json.put("status", "succeeded");
    return json;
  }
}
