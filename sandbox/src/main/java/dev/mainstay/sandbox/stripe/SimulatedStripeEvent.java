package dev.mainstay.sandbox.stripe;

import com.stripe.Stripe;
import com.stripe.net.Webhook;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event as Stripe sends it to a webhook.
 *
 * @param body what is signed, byte for byte
 */
public record SimulatedStripeEvent(String id, String body) {

  /** The header that carries the signature. */
  public static final String SIGNATURE_HEADER = "Stripe-Signature";

  /**
   * An event about an object.
   *
   * @param type as {@code payment_intent.succeeded}
   * @param object the object as Stripe's API shows it
   */
  public static SimulatedStripeEvent about(String type, Map<String, ?> object, Instant at) {
    return of(null, type, object, at);
  }

  /** An event of a connected account, which it names beside the object; null for the platform's. */
  static SimulatedStripeEvent of(
      @Nullable String account, String type, Map<String, ?> object, Instant at) {
    String id = StripeId.next("evt");
    var event = new LinkedHashMap<String, Object>();
    event.put("id", id);
    event.put("object", "event");
    if (account != null) {
      event.put("account", account);
    }
    event.put("api_version", Stripe.API_VERSION);
    event.put("created", at.getEpochSecond());
    event.put("data", Map.of("object", object));
    event.put("livemode", false);
    event.put("pending_webhooks", 1);
    event.put("type", type);
    return new SimulatedStripeEvent(id, JsonMapper.shared().writeValueAsString(event));
  }

  /** The header's value, as Stripe signs: HMAC-SHA256 over time and body. */
  public String signature(String webhookSecret, Instant at) {
    long time = at.getEpochSecond();
    try {
      return "t="
          + time
          + ",v1="
          + Webhook.Util.computeHmacSha256(webhookSecret, time + "." + body);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }
}
