package dev.mainstay.worker.stripe;

import com.stripe.Stripe;
import dev.mainstay.activities.gateway.StripeMode;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.stripe}: access to Stripe.
 *
 * @param secretKey Secret key of the account. Without it, nothing calls Stripe, and refunds wait
 *     for an operator.
 * @param apiBase Address of Stripe's API.
 * @param livemode Whether the installation works with live data ({@code true}) or test data ({@code
 *     false}). The key must be of this mode, and no object of the other mode is acted on. Required
 *     with a key; the API needs the same value.
 */
@Validated
@ConfigurationProperties("mainstay.stripe")
public record StripeProperties(
    @DefaultValue("") @NotNull String secretKey,
    @DefaultValue(Stripe.LIVE_API_BASE)
        @jakarta.validation.constraints.Pattern(regexp = "https?://[^/\\s]+")
        String apiBase,
    @Nullable Boolean livemode) {

  private static final Pattern TELLS_MODE = Pattern.compile("[a-z]+_(live|test)_.*");

  /** Otherwise live money would be moved for test data, or the reverse. */
  @AssertTrue(
      message =
          "mainstay.stripe.livemode (STRIPE_LIVEMODE) must be true or false with a secret key")
  boolean isLivemodeGiven() {
    return livemode != null || secretKey.isBlank();
  }

  /** As far as the key tells its mode: the answers of Stripe tell, too. */
  @AssertTrue(
      message =
          "mainstay.stripe.secret-key (STRIPE_SECRET_KEY) is not of the mode that mainstay.stripe.livemode"
              + " (STRIPE_LIVEMODE) says")
  boolean isKeyOfMode() {
    Matcher key = TELLS_MODE.matcher(secretKey.strip());
    return livemode == null || !key.matches() || key.group(1).equals("live") == livemode;
  }

  /** Whether the key moves real money. */
  public boolean isLive() {
    return !secretKey.isBlank() && mode().live();
  }

  /** The mode whose objects are acted on. */
  public StripeMode mode() {
    return new StripeMode(Boolean.TRUE.equals(livemode));
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "StripeProperties[secretKey is "
        + (secretKey.isBlank() ? "not set" : "set")
        + ", apiBase="
        + apiBase
        + ", livemode="
        + livemode
        + "]";
  }
}
