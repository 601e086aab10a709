package dev.mainstay.activities.notification.message;

import dev.mainstay.activities.notification.message.MessageTemplate.Link;
import org.jspecify.annotations.Nullable;

/**
 * What letters say of the marketplace. A letter that needs an address which is not set is not sent.
 *
 * <p>In an address <code>{customer}</code> becomes the customer's id, and <code>{token}</code> a
 * token of the task that the letter is about.
 *
 * @param marketplace its name, as people know it
 * @param unsubscribeUrl where a customer ends reminders by e-mail, by one POST
 * @param inviteUrl where somebody who was invited signs in
 * @param passwordResetUrl where a new password is set
 * @param downloadUrl where a file is fetched
 */
public record MessageSettings(
    String marketplace,
    @Nullable String unsubscribeUrl,
    @Nullable String inviteUrl,
    @Nullable String passwordResetUrl,
    @Nullable String downloadUrl) {

  @Nullable String url(Link link) {
    return switch (link) {
      case INVITE -> inviteUrl;
      case PASSWORD_RESET -> passwordResetUrl;
      case DOWNLOAD -> downloadUrl;
    };
  }
}
