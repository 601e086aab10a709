package dev.mainstay.worker.stripe;

import com.stripe.Stripe;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.stripe}: access to Stripe.
 *
 * @param secretKey Secret key of the account. Without it, nothing calls Stripe, and refunds wait
 *     for an operator.
 * @param apiBase Address of Stripe's API.
 */
@Validated
@ConfigurationProperties("mainstay.stripe")
public record StripeProperties(
    @DefaultValue("") @NotNull String secretKey,
    @DefaultValue(Stripe.LIVE_API_BASE) @Pattern(regexp = "https?://[^/\\s]+") String apiBase) {

  /** Whether the key, a whole or a restricted one, moves real money. */
  public boolean isLive() {
    String key = secretKey.strip();
    return key.startsWith("sk_live_") || key.startsWith("rk_live_");
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "StripeProperties[secretKey is "
        + (secretKey.isBlank() ? "not set" : "set")
        + ", apiBase="
        + apiBase
        + "]";
  }
}
