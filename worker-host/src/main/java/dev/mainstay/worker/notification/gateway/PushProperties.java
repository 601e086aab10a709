package dev.mainstay.worker.notification.gateway;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.push}: how Firebase Cloud Messaging sends our push messages.
 *
 * @param credentials the file with the service account's key, which also names the project and the
 *     server that gives tokens; without one no push message is sent
 * @param apiBase where FCM's API is
 * @param timeout until an answer has come
 * @param perSecond how many push messages all hosts together send each second, 1 to 100,000
 */
@Validated
@ConfigurationProperties("mainstay.push")
record PushProperties(
    @DefaultValue("") @NotNull String credentials,
    @DefaultValue("https://fcm.googleapis.com") @Pattern(regexp = "https?://[^/\\s]+")
        String apiBase,
    @DefaultValue("10s") @NotNull Duration timeout,
    @DefaultValue("500") @Min(1) @Max(100_000) int perSecond) {

  boolean isOn() {
    return !credentials.isBlank();
  }
}
