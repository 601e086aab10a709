package dev.mainstay.worker.notification.gateway;

import dev.mainstay.activities.notification.gateway.SmtpServer;
import dev.mainstay.activities.notification.gateway.SmtpServer.Tls;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.email}: the SMTP server that sends emails.
 *
 * @param host SMTP server. Without one, no email is sent.
 * @param port Port of the SMTP server.
 * @param user User at the SMTP server. Empty if the server requires none.
 * @param password Password at the SMTP server.
 * @param tls {@code starttls}: TLS is required before anything is sent. {@code implicit}: TLS from
 *     the first byte, as on port 465. {@code none}: no TLS, for a server on the same machine.
 * @param from Sender of all emails, for example {@code Shop <hello@shop.example>}.
 * @param timeout Timeout for connecting and for each of the server's replies.
 * @param connections Maximum number of open connections, 1 to 200.
 * @param perSecond Emails per second for all hosts together, 1 to 100,000.
 */
@Validated
@ConfigurationProperties("mainstay.email")
record EmailProperties(
    @DefaultValue("") @NotNull String host,
    @DefaultValue("587") @Min(1) @Max(65_535) int port,
    @DefaultValue("") @NotNull String user,
    @DefaultValue("") @NotNull String password,
    @DefaultValue("starttls") @NotNull Tls tls,
    @DefaultValue("") @NotNull String from,
    @DefaultValue("10s") @NotNull Duration timeout,
    @DefaultValue("16") @Min(1) @Max(200) int connections,
    @DefaultValue("100") @Min(1) @Max(100_000) int perSecond) {

  boolean isOn() {
    return !host.isBlank();
  }

  /** Without a sender no server would accept our e-mail. */
  @AssertTrue(message = "from (EMAIL_FROM) must be set with host (SMTP_HOST)")
  boolean isFromSomebody() {
    return !isOn() || !from.isBlank();
  }

  SmtpServer server() {
    return new SmtpServer(host.strip(), port, user, password, tls, timeout);
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return "EmailProperties[host=%s, port=%d, tls=%s, from=%s]".formatted(host, port, tls, from);
  }
}
