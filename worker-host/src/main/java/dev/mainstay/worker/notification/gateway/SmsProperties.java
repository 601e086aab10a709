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
 * {@code mainstay.sms}: how Twilio sends our text messages.
 *
 * @param accountSid the account's id; without one no text message is sent
 * @param authToken the account's token
 * @param from a number of the account, as {@code +14155550123}, or the id of one of its messaging
 *     services, {@code MG…}
 * @param publicUrl where Twilio reaches our API, without {@code /api/v1}; without it Twilio does
 *     not tell what became of a message
 * @param apiBase where Twilio's API is
 * @param timeout until an answer has come
 * @param perSecond how many text messages all hosts together send each second, 1 to 100,000
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

  /** Else Twilio would refuse every message. */
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
