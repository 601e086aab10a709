package dev.mainstay.sandbox.stripe;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Checkout session of mode payment. As at Stripe, its payment intent has metadata of its own: the
 * session's is not copied to it.
 *
 * @param intent the id of its payment intent, once it is complete and costs something
 */
record SimulatedSession(
    String id,
    long amount,
    String currency,
    Map<String, String> metadata,
    Map<String, String> intentMetadata,
    Instant created,
    boolean complete,
    boolean paid,
    @Nullable String intent) {

  SimulatedSession completed(boolean nowPaid, @Nullable String byIntent) {
    return new SimulatedSession(
        id, amount, currency, metadata, intentMetadata, created, true, nowPaid, byIntent);
  }

  /** As Stripe's API shows it. */
  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("id", id);
    json.put("object", "checkout.session");
    json.put("amount_subtotal", amount);
    json.put("amount_total", amount);
    json.put("created", created.getEpochSecond());
    json.put("currency", currency);
    json.put("livemode", false);
    json.put("metadata", metadata);
    json.put("mode", "payment");
    json.put("payment_intent", intent);
    json.put("payment_status", amount == 0 ? "no_payment_required" : paid ? "paid" : "unpaid");
    json.put("status", complete ? "complete" : "open");
    json.put("url", complete ? null : "https://checkout.stripe.com/c/pay/" + id);
    return json;
  }
}
