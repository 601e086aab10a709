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
 * {@code mainstay.letters}: what letters say of the marketplace. A letter that needs an address
 * which is not set is not sent.
 *
 * @param marketplace its name, as people know it
 * @param unsubscribeUrl where a customer ends reminders by e-mail, by one POST; <code>{customer}
 *     </code> becomes the customer's id; without it no reminder is sent by e-mail
 * @param inviteUrl where somebody who was invited signs in; <code>{customer}</code> becomes the
 *     customer's id
 * @param passwordResetUrl where a new password is set; <code>{token}</code> becomes the token
 * @param downloadUrl where a file is fetched, as <code>
 *     https://shop.example/api/v1/downloads/{token}</code>
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
