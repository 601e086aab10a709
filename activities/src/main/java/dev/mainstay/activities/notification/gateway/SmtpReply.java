package dev.mainstay.activities.notification.gateway;

import jakarta.mail.MessagingException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * A "no" of an SMTP server.
 *
 * @param code 400 to 599
 * @param enhanced the code of RFC 3463 behind it, as {@code 5.1.1}; empty if there is none
 * @param ofRecipient whether it concerns the recipient's address
 */
record SmtpReply(int code, String enhanced, boolean ofRecipient) {

  private static final Pattern ENHANCED =
      Pattern.compile("^\\d{3}[ -]([45]\\.\\d{1,3}\\.\\d{1,3})");
  private static final int NOT_NOW = 400;
  private static final int NO = 500;
  private static final int CLOSING = 421;
  private static final int POLICY_OF_ADDRESS = 550;
  private static final int NOT_LOCAL = 551;
  private static final int BAD_ADDRESS = 553;

  /** The server's reply; empty if the connection broke instead. */
  static Optional<SmtpReply> of(MessagingException failure) {
    for (@Nullable Exception at = failure; at instanceof MessagingException; ) {
      Optional<SmtpReply> reply =
          switch (at) {
            case SMTPAddressFailedException no -> of(no.getReturnCode(), no.getMessage(), true);
            case SMTPSenderFailedException no -> of(no.getReturnCode(), no.getMessage(), false);
            case SMTPSendFailedException no -> of(no.getReturnCode(), no.getMessage(), false);
            default -> Optional.empty();
          };
      if (reply.isPresent()) {
        return reply;
      }
      at = ((MessagingException) at).getNextException();
    }
    return Optional.empty();
  }

  private static Optional<SmtpReply> of(int code, @Nullable String text, boolean ofRecipient) {
    if (code < NOT_NOW || code > NO + 99) {
      return Optional.empty();
    }
    Matcher enhanced = ENHANCED.matcher(text == null ? "" : text);
    return Optional.of(new SmtpReply(code, enhanced.find() ? enhanced.group(1) : "", ofRecipient));
  }

  boolean isFinal() {
    return code >= NO;
  }

  /** Whether the server ends the connection with it. */
  boolean isFarewell() {
    return code == CLOSING;
  }

  /** Whether the mailbox does not exist, rather than refusing mail of ours (5.7). */
  boolean saysNoSuchAddress() {
    return ofRecipient
        && (code == POLICY_OF_ADDRESS || code == NOT_LOCAL || code == BAD_ADDRESS)
        && !enhanced.startsWith("5.7");
  }

  /** The codes alone: the text may repeat the address. */
  @Override
  public String toString() {
    return enhanced.isEmpty() ? "SMTP " + code : "SMTP " + code + " " + enhanced;
  }
}
