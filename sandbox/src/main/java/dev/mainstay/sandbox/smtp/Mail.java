package dev.mainstay.sandbox.smtp;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A received mail.
 *
 * @param number counts the mails, from 1
 * @param to its recipients, of the envelope
 * @param messageId its Message-ID
 * @param text its plain part; empty if it has none
 * @param html its HTML part; empty if it has none
 * @param unsubscribe its List-Unsubscribe; null if it has none
 * @param attachments their names
 */
public record Mail(
    long number,
    Instant at,
    String from,
    List<String> to,
    String messageId,
    String subject,
    String text,
    String html,
    @Nullable String unsubscribe,
    List<String> attachments) {

  // Made once: it looks through the whole class path
  private static final Session READING = Session.getInstance(new Properties());

  /** Reads what came behind DATA. */
  static Mail read(long number, Instant at, String from, List<String> to, byte[] data)
      throws IOException {
    try {
      var message = new MimeMessage(READING, new ByteArrayInputStream(data));
      var parts = new Parts();
      parts.add(message);
      return new Mail(
          number,
          at,
          from,
          List.copyOf(to),
          Objects.requireNonNullElse(message.getMessageID(), ""),
          Objects.requireNonNullElse(message.getSubject(), ""),
          parts.text,
          parts.html,
          message.getHeader("List-Unsubscribe", null),
          List.copyOf(parts.attachments));
    } catch (MessagingException e) {
      throw new IOException("Not a mail", e);
    }
  }

  private static final class Parts {

    String text = "";
    String html = "";
    final List<String> attachments = new ArrayList<>();

    void add(Part part) throws MessagingException, IOException {
      if (part.getFileName() != null) {
        attachments.add(part.getFileName());
      } else if (part.isMimeType("multipart/*")) {
        var parts = (Multipart) part.getContent();
        for (int i = 0; i < parts.getCount(); i++) {
          BodyPart child = parts.getBodyPart(i);
          add(child);
        }
      } else if (part.isMimeType("text/html")) {
        html = part.getContent().toString();
      } else if (part.isMimeType("text/plain")) {
        text = part.getContent().toString();
      }
    }
  }
}
