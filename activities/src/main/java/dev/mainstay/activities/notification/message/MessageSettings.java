package dev.mainstay.activities.notification.message;

import dev.mainstay.activities.notification.message.MessageTemplate.Link;
import org.jspecify.annotations.Nullable;

/**
 * The marketplace's name and addresses in messages. A message that needs an address that is not set
 * is not sent.
 *
 * <p>In an address <code>{customer}</code> becomes the customer's id, and <code>{token}</code> a
 * token of the task that the message is about.
 *
 * @param marketplace its name, as people know it
 * @param unsubscribeUrl the address at which a customer ends reminders by e-mail, by one POST
 * @param inviteUrl the address at which an invited person signs in
 * @param passwordResetUrl the address at which a new password is set
 * @param downloadUrl the address at which a file is downloaded
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
