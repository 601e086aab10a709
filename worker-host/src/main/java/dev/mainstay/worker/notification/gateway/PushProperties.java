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
 * {@code mainstay.push}: Firebase Cloud Messaging, which sends push notifications.
 *
 * @param credentials File with the service account's key. It also names the project and the token
 *     server. Without it, no push notification is sent.
 * @param apiBase Address of FCM's API.
 * @param timeout Timeout for a reply.
 * @param perSecond Push notifications per second for all hosts together, 1 to 100,000.
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
