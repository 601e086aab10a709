package dev.mainstay.worker.notification.gateway;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.sms}: Twilio, which sends text messages.
 *
 * @param accountSid SID of the Twilio account. Without it, no text message is sent.
 * @param authToken Auth token of the account.
 * @param from Number of the account, for example {@code +14155550123}, or the SID of one of its
 *     messaging services, {@code MG…}.
 * @param publicUrl Address at which Twilio reaches the API, without {@code /api/v1}. Without it,
 *     Twilio reports no delivery status.
 * @param apiBase Address of Twilio's API.
 * @param timeout Timeout for a reply.
 * @param perSecond Text messages per second for all hosts together, 1 to 100,000.
 */
@Validated
@ConfigurationProperties("mainstay.sms")
record SmsProperties(
    @DefaultValue("") @NotNull String accountSid,
    @DefaultValue("") @NotNull String authToken,
    @DefaultValue("") @NotNull @Pattern(regexp = "(\\+[1-9]\\d{1,14}|MG\\w+)?") String from,
    @DefaultValue("") @NotNull @Pattern(regexp = "(https?://\\S+)?") String publicUrl,
    @DefaultValue("https://api.twilio.com") @Pattern(regexp = "https?://[^/\\s]+") String apiBase,
    @DefaultValue("10s") @NotNull Duration timeout,
    @DefaultValue("100") @Min(1) @Max(100_000) int perSecond) {

  private static final String STATUS = "/api/v1/webhooks/twilio/status";

  boolean isOn() {
    return !accountSid.isBlank();
  }

  /** Otherwise Twilio would refuse every message. */
  @AssertTrue(
      message =
          "auth-token (TWILIO_AUTH_TOKEN) and from (TWILIO_FROM) must be set with account-sid (TWILIO_ACCOUNT_SID)")
  boolean isWhole() {
    return !isOn() || !(authToken.isBlank() || from.isBlank());
  }

  @Nullable URI statusCallback() {
    return publicUrl.isEmpty() ? null : URI.create(publicUrl.replaceAll("/+$", "") + STATUS);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "SmsProperties[accountSid=%s, authToken is %s, from=%s, publicUrl=%s, apiBase=%s]"
        .formatted(accountSid, authToken.isBlank() ? "not set" : "set", from, publicUrl, apiBase);
  }
}
