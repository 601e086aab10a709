package dev.mainstay.activities.notification.message;

import dev.mainstay.activities.notification.gateway.Attachment;
import dev.mainstay.workflows.notification.Channel;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A letter before it is put into words.
 *
 * @param link where its button leads; null where it has none
 * @param unsubscribe where such letters are ended; null where they cannot be
 * @param attachments the files that go with its e-mail
 */
record MessageDraft(
    UUID messageId,
    MessageTemplate template,
    Channel channel,
    Recipient to,
    Facts facts,
    @Nullable String link,
    @Nullable String unsubscribe,
    List<Attachment> attachments) {

  MessageDraft {
    attachments = List.copyOf(attachments);
  }

  /** The recipient of the message. */
  record Recipient(
      String name,
      @Nullable String email,
      @Nullable String phone,
      List<String> pushTokens,
      Locale locale) {

    Recipient {
      pushTokens = List.copyOf(pushTokens);
    }

    boolean isReachedBy(Channel channel) {
      return switch (channel) {
        case EMAIL -> email != null;
        case SMS -> phone != null;
        case PUSH -> !pushTokens.isEmpty();
      };
    }
  }
}
