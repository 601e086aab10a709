package dev.mainstay.activities.notification.gateway;

import jakarta.mail.Session;
import java.time.Duration;
import java.util.Properties;

/**
 * An SMTP server that takes our e-mails.
 *
 * @param user empty where it asks for none
 * @param timeout to connect, and for each answer
 */
public record SmtpServer(
    String host, int port, String user, String password, Tls tls, Duration timeout) {

  /** How the connection is kept from the eyes of others. */
  public enum Tls {
    /** Begins in the clear and must go over to TLS before anything is said. */
    STARTTLS,
    /** TLS from the first byte, as on port 465. */
    IMPLICIT,
    /** None: for a server on the same machine. */
    NONE
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "SmtpServer[" + host + ":" + port + ", tls=" + tls + "]";
  }

  /** Without a login: that is given to each connection. */
  Session session() {
    var properties = new Properties();
    String timeoutMillis = Long.toString(timeout.toMillis());
    String prefix = "mail." + protocol() + ".";
    properties.setProperty(prefix + "connectiontimeout", timeoutMillis);
    properties.setProperty(prefix + "timeout", timeoutMillis);
    properties.setProperty(prefix + "writetimeout", timeoutMillis);
    properties.setProperty(prefix + "ssl.checkserveridentity", "true");
    properties.setProperty(prefix + "starttls.enable", Boolean.toString(tls == Tls.STARTTLS));
    properties.setProperty(prefix + "starttls.required", Boolean.toString(tls == Tls.STARTTLS));
    properties.setProperty(prefix + "auth", Boolean.toString(!user.isEmpty()));
    return Session.getInstance(properties);
  }

  String protocol() {
    return tls == Tls.IMPLICIT ? "smtps" : "smtp";
  }
}
