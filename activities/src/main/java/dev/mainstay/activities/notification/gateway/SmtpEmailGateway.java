package dev.mainstay.activities.notification.gateway;

import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.notification.gateway.Delivery.Accepted;
import dev.mainstay.activities.notification.gateway.Delivery.Refused;
import dev.mainstay.activities.notification.gateway.Delivery.Refused.Why;
import dev.mainstay.activities.notification.gateway.Delivery.Unknown;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.util.StreamProvider;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.springframework.core.io.ByteArrayResource;

/**
 * Any SMTP server, by Jakarta Mail. Mails are composed with Spring's mail support; connections are
 * kept open between them, which its sender does not do.
 *
 * <p>A mail is done when the server has answered to the dot behind it. If the connection breaks
 * before the dot, the mail was not sent; if it breaks after it, the outcome is unknown.
 */
public final class SmtpEmailGateway implements EmailGateway, AutoCloseable {

  static {
    // Jakarta Mail otherwise looks through the class path for it at each part of each mail, which
    // costs more than the mail.
    System.setProperty(StreamProvider.class.getName(), MailStreamProvider.class.getName());
  }

  private static final Duration KEPT_IDLE = Duration.ofSeconds(30);

  // Our own limit is not the server's failure: a mail waits for its turn, as long as its try has
  // time.
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

  private final InternetAddress from;
  private final InstantSource clock;
  private final Session session;
  private final GenericObjectPool<Transport> connections;

  /**
   * Connects when there is something to send.
   *
   * @param from whom the mails are from, with a name or without
   * @param atOnce connections at most, 1 or more; who finds none free waits for one
   * @throws IllegalArgumentException if {@code from} is no address
   */
  public SmtpEmailGateway(SmtpServer server, String from, int atOnce, InstantSource clock) {
    this.from = sender(from);
    this.clock = clock;
    this.session = server.session();
    var pool = new GenericObjectPoolConfig<Transport>();
    pool.setMaxTotal(atOnce);
    pool.setMaxIdle(atOnce);
    pool.setMaxWait(LONGEST_WAIT);
    pool.setTestOnBorrow(true);
    pool.setMinEvictableIdleDuration(KEPT_IDLE);
    pool.setTimeBetweenEvictionRuns(KEPT_IDLE);
    pool.setJmxEnabled(false);
    this.connections = new GenericObjectPool<>(new SmtpConnections(server, session), pool);
  }

  @Override
  public Delivery send(Email email) {
    InternetAddress to;
    try {
      to = address(email.to());
    } catch (AddressException _) {
      return new Refused(Why.ADDRESS, "not an e-mail address");
    }
    SmtpMessage message = compose(email, to);
    Transport connection = connect();
    boolean stands = false;
    try {
      connection.sendMessage(message, new InternetAddress[] {to});
      stands = true;
      return new Accepted(messageId(email));
    } catch (MessagingException failure) {
      Optional<SmtpReply> reply = SmtpReply.of(failure);
      stands = reply.isPresent() && !reply.get().isFarewell();
      return reply.map(SmtpEmailGateway::refused).orElseGet(() -> broken(message));
    } finally {
      release(connection, stands);
    }
  }

  /** Ends the connections; a mail on its way still gets its answer. */
  @Override
  public void close() {
    connections.close();
  }

  private static Delivery refused(SmtpReply reply) {
    if (!reply.isFinal()) {
      throw new NotReachedException("The mail server does not take the mail now: " + reply);
    }
    return new Refused(reply.saysNoSuchAddress() ? Why.ADDRESS : Why.REJECTED, reply.toString());
  }

  private static Delivery broken(SmtpMessage message) {
    if (message.isWritten()) {
      return new Unknown("the connection was lost, or there was no answer in time");
    }
    throw new NotReachedException("The connection to the mail server was lost before the mail");
  }

  private Transport connect() {
    try {
      return connections.borrowObject();
    } catch (AuthenticationFailedException _) {
      throw new NotReachedException("The mail server does not know our user or password");
    } catch (NoSuchElementException _) {
      throw new NotReachedException("No connection to the mail server came free in time");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new NotReachedException("Stopped while waiting for the mail server");
    } catch (Exception failure) {
      throw new NotReachedException(
          "The mail server was not reached: " + failure.getClass().getSimpleName());
    }
  }

  private void release(Transport connection, boolean stands) {
    if (stands) {
      connections.returnObject(connection);
      return;
    }
    try {
      connections.invalidateObject(connection);
    } catch (Exception _) {
      // The connection is broken already: there is nothing to close politely.
    }
  }

  private SmtpMessage compose(Email email, InternetAddress to) {
    var message = new SmtpMessage(session, messageId(email));
    try {
      var helper = new SmtpComposer(message);
      helper.setFrom(from);
      helper.setTo(to);
      helper.setSentDate(Date.from(clock.instant()));
      // A name in it must not become a header of its own
      helper.setSubject(CONTROLS.matcher(email.subject()).replaceAll(" "));
      helper.setText(email.text(), email.html());
      for (Attachment attachment : email.attachments()) {
        helper.addAttachment(
            attachment.name(), new ByteArrayResource(attachment.content()), attachment.mediaType());
      }
      message.setHeader("X-Mainstay-Message", email.messageId().toString());
      message.setHeader("Content-Language", email.locale());
      message.setHeader("Auto-Submitted", "auto-generated");
      if (email.unsubscribe() != null) {
        message.setHeader("List-Unsubscribe", "<" + email.unsubscribe() + ">");
        message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
      }
      message.saveChanges();
      return message;
    } catch (MessagingException failure) {
      throw new NotReachedException(
          "The mail cannot be composed: " + failure.getClass().getSimpleName());
    }
  }

  private String messageId(Email email) {
    String address = from.getAddress();
    return "<" + email.messageId() + address.substring(address.lastIndexOf('@')) + ">";
  }

  private static InternetAddress address(String text) throws AddressException {
    var address = new InternetAddress(text, true);
    // Jakarta Mail would cut other letters to their last byte, which names another mailbox
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(address.getAddress())) {
      throw new AddressException("not in ASCII");
    }
    return address;
  }

  private static InternetAddress sender(String from) {
    try {
      InternetAddress address = address(from);
      address.setPersonal(address.getPersonal(), "UTF-8");
      return address;
    } catch (AddressException | UnsupportedEncodingException failure) {
      throw new IllegalArgumentException("Not an e-mail address to send from", failure);
    }
  }
}
