package dev.mainstay.api.stripe;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import dev.mainstay.api.problem.Refusal;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells Stripe's own events from anybody else's, in constant time for every secret. */
@Component
class StripeSignatures {

  private static final Logger log = LoggerFactory.getLogger(StripeSignatures.class);

  /** The signatures that stripe-java can read; it fails in odd ways on others. */
  private static final Pattern READABLE = Pattern.compile("t=[0-9]{1,12}(,[^=,]+=[^=,]+)+");

  private final StripeWebhookProperties properties;
  private final InstantSource clock;

  StripeSignatures(StripeWebhookProperties properties, InstantSource clock) {
    this.properties = properties;
    this.clock = clock;
    if (properties.webhookSecrets().isEmpty()) {
      log.warn(
          "No mainstay.stripe.webhook-secrets (STRIPE_WEBHOOK_SECRET): every Stripe event is refused");
    }
  }

  /**
   * Lets an event pass that one of our secrets has signed within the tolerance.
   *
   * @throws Refusal for any other
   */
  void require(String body, @Nullable String header) {
    if (header == null || !READABLE.matcher(header).matches()) {
      throw Refusal.signature();
    }
    Clock now = Clock.fixed(clock.instant(), ZoneOffset.UTC);
    boolean signed = false;
    for (String secret : properties.webhookSecrets()) {
      signed |= signedWith(secret, body, header, now);
    }
    if (!signed) {
      throw Refusal.signature();
    }
  }

  private boolean signedWith(String secret, String body, String header, Clock now) {
    try {
      return Webhook.Signature.verifyHeader(
          body, header, secret, properties.webhookTolerance().toSeconds(), now);
    } catch (SignatureVerificationException e) {
      log.debug("Not signed with this secret: {}", e.getMessage());
      return false;
    }
  }
}
