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
 * {@code mainstay.email}: the SMTP server that takes our e-mails.
 *
 * @param host without one no e-mail is sent
 * @param user empty where the server asks for none
 * @param tls {@code starttls}: required before anything is said; {@code implicit}: from the first
 *     byte, as on port 465; {@code none}: for a server on the same machine
 * @param from whom e-mails are from, as {@code Shop <hello@shop.example>}
 * @param timeout to connect, and for each of the server's answers
 * @param connections kept open at most, 1 to 200
 * @param perSecond how many e-mails all hosts together send each second, 1 to 100,000
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

  /** Else no server would take an e-mail of ours. */
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
