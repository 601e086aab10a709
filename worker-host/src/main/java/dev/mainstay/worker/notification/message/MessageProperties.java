package dev.mainstay.worker.notification.message;

import dev.mainstay.activities.notification.message.MessageSettings;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.messages}: what messages say about the marketplace. A message that needs an
 * address is not sent if that address is not set.
 *
 * @param marketplace Name of the marketplace as customers know it.
 * @param unsubscribeUrl Address at which a customer stops email reminders with one POST. {@code
 *     {customer}} is replaced by the customer's id. Without it, no reminder is sent by email.
 * @param inviteUrl Address at which an invited person signs in. {@code {customer}} is replaced by
 *     the customer's id.
 * @param passwordResetUrl Address of the page that sets a new password. {@code {token}} is replaced
 *     by the token.
 * @param downloadUrl Address of a download, for example {@code
 *     https://shop.example/api/v1/downloads/{token}}.
 */
@Validated
@ConfigurationProperties("mainstay.messages")
record MessageProperties(
    @DefaultValue("Mainstay") @NotBlank String marketplace,
    @DefaultValue("") @NotNull @Pattern(regexp = "(https://\\S+)?") String unsubscribeUrl,
    @DefaultValue("") @NotNull @Pattern(regexp = "(https?://\\S+)?") String inviteUrl,
    @DefaultValue("")
        @NotNull
        @Pattern(
            regexp = "(https?://\\S+\\{token}\\S*)?",
            message = "must be an address with {token} in it")
        String passwordResetUrl,
    @DefaultValue("")
        @NotNull
        @Pattern(
            regexp = "(https?://\\S+\\{token}\\S*)?",
            message = "must be an address with {token} in it")
        String downloadUrl) {

  MessageSettings settings() {
    return new MessageSettings(
        marketplace.strip(),
        orNull(unsubscribeUrl),
        orNull(inviteUrl),
        orNull(passwordResetUrl),
        orNull(downloadUrl));
  }

  private static @Nullable String orNull(String url) {
    return url.isEmpty() ? null : url;
  }
}
