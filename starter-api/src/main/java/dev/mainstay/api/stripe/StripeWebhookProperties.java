package dev.mainstay.api.stripe;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.stripe}: how the webhook verifies Stripe's events.
 *
 * @param webhookSecrets Signing secrets of the webhook endpoint. Any of them may have signed an
 *     event; set two while you rotate them. Without one, every event is refused.
 * @param webhookTolerance Maximum age of a signature, at least 1 s.
 */
@Validated
@ConfigurationProperties("mainstay.stripe")
record StripeWebhookProperties(
    @DefaultValue List<String> webhookSecrets,
    @DefaultValue("300s") @NotNull Duration webhookTolerance) {

  StripeWebhookProperties {
    webhookSecrets = webhookSecrets.stream().map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /** Without a tolerance an event could be replayed forever. */
  @AssertTrue(message = "webhook-tolerance must be at least 1 s")
  boolean isWebhookToleranceEnough() {
    return webhookTolerance.toSeconds() >= 1;
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "StripeProperties[webhookSecrets="
        + webhookSecrets.size()
        + " of them, webhookTolerance="
        + webhookTolerance
        + "]";
  }
}
