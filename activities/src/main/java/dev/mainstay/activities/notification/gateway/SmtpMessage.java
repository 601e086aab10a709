package dev.mainstay.activities.notification.gateway;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;

/** A mail under a Message-ID of ours, which knows whether all of it was handed to the server. */
final class SmtpMessage extends MimeMessage {

  private final String id;
  private boolean written;

  /**
   * An empty one.
   *
   * @param id with its angle brackets
   */
  SmtpMessage(Session session, String id) {
    super(session);
    this.id = id;
  }

  /**
   * Whether only the dot that ends it may be missing: from then on the server may have taken it.
   */
  boolean isWritten() {
    return written;
  }

  @Override
  public void writeTo(OutputStream to, String[] ignored) throws IOException, MessagingException {
    super.writeTo(to, ignored);
    written = true;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }
}
