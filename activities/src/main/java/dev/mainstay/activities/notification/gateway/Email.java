package dev.mainstay.activities.notification.gateway;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * An e-mail with both its parts.
 *
 * @param messageId becomes the mail's {@code Message-ID}, the same at each try
 * @param to one address
 * @param locale IETF language tag of its text
 * @param unsubscribe an {@code https} address that ends such mails by one POST; null where they
 *     cannot be ended
 */
public record Email(
    UUID messageId,
    String to,
    String locale,
    String subject,
    String text,
    String html,
    @Nullable String unsubscribe,
    List<Attachment> attachments) {

  public Email {
    attachments = List.copyOf(attachments);
  }

  /**
   * A mail of plain text, without attachments.
   *
   * @param text its lines are the lines of the HTML part, too
   */
  public static Email ofText(
      UUID messageId, String to, String locale, String subject, String text) {
    String html =
        text.lines().map(HtmlUtils::htmlEscape).collect(Collectors.joining("<br>", "<p>", "</p>"));
    return new Email(messageId, to, locale, subject, text, html, null, List.of());
  }

  /** Without address and text: personal data must not reach a log. */
  @Override
  public String toString() {
    return "Email[" + messageId + "]";
  }
}
