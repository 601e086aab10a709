package dev.mainstay.worker.stripe;

import com.stripe.Stripe;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.stripe}: how Stripe is asked.
 *
 * @param secretKey the account's secret key; without one nothing is asked of Stripe, a refund waits
 *     for an operator
 * @param apiBase where Stripe's API is
 */
@Validated
@ConfigurationProperties("mainstay.stripe")
record StripeProperties(
    @DefaultValue("") @NotNull String secretKey,
    @DefaultValue(Stripe.LIVE_API_BASE) @Pattern(regexp = "https?://[^/\\s]+") String apiBase) {

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
