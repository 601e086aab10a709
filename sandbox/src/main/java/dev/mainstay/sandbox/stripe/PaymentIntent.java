package dev.mainstay.sandbox.stripe;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A payment intent, with the fields that clients look at. */
public record PaymentIntent(
    String id,
    long amount,
    String currency,
    Map<String, String> metadata,
    Instant created,
    Status status) {

  /** Stripe's words in lower case. */
  public enum Status {
    REQUIRES_CONFIRMATION("requires_confirmation"),
    PROCESSING("processing"),
    SUCCEEDED("succeeded");

    private final String text;

    Status(String text) {
      this.text = text;
    }
  }

  PaymentIntent confirmed() {
    return new PaymentIntent(id, amount, currency, metadata, created, Status.SUCCEEDED);
  }

  /** The id of the one charge that a payment intent has here. */
  static String chargeOf(String id) {
    return id.replaceFirst("^pi_", "ch_");
  }

  /**
   * Its charge, as Stripe's API shows it.
   *
   * @param refunded what went back so far, in minor units
   */
  public Map<String, Object> charge(long refunded) {
    var json = new LinkedHashMap<String, Object>();
    json.put("id", chargeOf(id));
    json.put("object", "charge");
    json.put("amount", amount);
    json.put("amount_captured", amount);
    json.put("amount_refunded", refunded);
    json.put("captured", true);
    json.put("created", created.getEpochSecond());
    json.put("currency", currency);
    json.put("livemode", false);
    json.put("metadata", metadata);
    json.put("paid", true);
    json.put("payment_intent", id);
    json.put("refunded", refunded == amount);
    json.put("status", "succeeded");
    return json;
  }

  /** The id of the one Checkout session that a payment intent has here. */
  static String sessionOf(String id) {
    return id.replaceFirst("^pi_", "cs_");
  }

  /** Its Checkout session, as Stripe's API shows it. */
  Map<String, Object> session() {
    boolean paid = status == Status.SUCCEEDED;
    var json = new LinkedHashMap<String, Object>();
    json.put("id", sessionOf(id));
    json.put("object", "checkout.session");
    json.put("amount_total", amount);
    json.put("created", created.getEpochSecond());
    json.put("currency", currency);
    json.put("livemode", false);
    json.put("metadata", metadata);
    json.put("mode", "payment");
    json.put("payment_intent", id);
    json.put("payment_status", paid ? "paid" : "unpaid");
    json.put("status", paid ? "complete" : "open");
    return json;
  }

  /** As Stripe's API shows it. */
  public Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("id", id);
    json.put("object", "payment_intent");
    json.put("amount", amount);
    json.put("amount_received", status == Status.SUCCEEDED ? amount : 0);
    json.put("capture_method", "automatic");
    json.put("client_secret", id + "_secret_simulated");
    json.put("confirmation_method", "automatic");
    json.put("created", created.getEpochSecond());
    json.put("currency", currency);
    if (status == Status.SUCCEEDED) {
      json.put("latest_charge", chargeOf(id));
    }
    json.put("livemode", false);
    json.put("metadata", metadata);
    json.put("payment_method_types", List.of("card"));
    json.put("status", status.text);
    return json;
  }
}
