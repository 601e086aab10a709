package dev.mainstay.api.stripe;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.stripe}: how the webhook verifies Stripe's events.
 *
 * @param webhookSecrets Signing secrets of the webhook endpoint. Any of them may have signed an
 *     event; set two while you rotate them. Without one, every event is refused.
 * @param webhookTolerance Maximum age of a signature, at least 1 s.
 * @param livemode Whether the installation works with live data ({@code true}) or test data ({@code
 *     false}). Events of the other mode are acknowledged and not acted on. Required with a webhook
 *     secret; worker hosts need the same value.
 */
@Validated
@ConfigurationProperties("mainstay.stripe")
record StripeWebhookProperties(
    @DefaultValue List<String> webhookSecrets,
    @DefaultValue("300s") @NotNull Duration webhookTolerance,
    @Nullable Boolean livemode) {

  StripeWebhookProperties {
    webhookSecrets = webhookSecrets.stream().map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /** Without a tolerance an event could be replayed forever. */
  @AssertTrue(message = "webhook-tolerance must be at least 1 s")
  boolean isWebhookToleranceEnough() {
    return webhookTolerance.toSeconds() >= 1;
  }

  /** Otherwise test data would be taken for live data, or the reverse. */
  @AssertTrue(
      message =
          "mainstay.stripe.livemode (STRIPE_LIVEMODE) must be true or false with a webhook secret")
  boolean isLivemodeGiven() {
    return livemode != null || webhookSecrets.isEmpty();
  }

  /** Whether events of live mode are the ones to act on. */
  boolean isLive() {
    return Boolean.TRUE.equals(livemode);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "StripeProperties[webhookSecrets="
        + webhookSecrets.size()
        + " of them, webhookTolerance="
        + webhookTolerance
        + ", livemode="
        + livemode
        + "]";
  }
}
