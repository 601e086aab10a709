package dev.mainstay.sandbox.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.notification.gateway.Attachment;
import dev.mainstay.activities.notification.gateway.Delivery;
import dev.mainstay.activities.notification.gateway.Delivery.Accepted;
import dev.mainstay.activities.notification.gateway.Delivery.Refused;
import dev.mainstay.activities.notification.gateway.Delivery.Refused.Why;
import dev.mainstay.activities.notification.gateway.Delivery.Unknown;
import dev.mainstay.activities.notification.gateway.Email;
import dev.mainstay.activities.notification.gateway.SmtpEmailGateway;
import dev.mainstay.activities.notification.gateway.SmtpServer;
import dev.mainstay.activities.notification.gateway.SmtpServer.Tls;
import dev.mainstay.sandbox.simulator.AskedSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway's contract with an SMTP server, as the simulator speaks it. */
class SmtpEmailGatewayTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final UUID ID = UUID.randomUUID();
  private static final Email EMAIL = email("ada@example.org");

  private final SmtpSimulator simulator;
  private final AskedSimulator asked;
  private final SmtpEmailGateway gateway;

  SmtpEmailGatewayTest() throws IOException {
    simulator = new SmtpSimulator(0, 0, InstantSource.system());
    asked = new AskedSimulator(simulator.base());
    gateway = gateway(simulator.smtpPort(), TIMEOUT, Tls.NONE);
  }

  @AfterEach
  void close() {
    gateway.close();
    simulator.close();
  }

  @Test
  void aMailArrivesWithBothPartsUnderOurMessageId() {
    var email =
        new Email(
            ID,
            "ada@example.org",
            "de",
            "Grüße\r\nBcc: all@example.org",
            "Schöner Text",
            "<p>Schönes <b>HTML</b></p>",
            "https://shop.example/unsubscribe/1",
            List.of(new Attachment("Beleg.pdf", "application/pdf", new byte[] {1, 2, 3})));

    assertThat(gateway.send(email)).isEqualTo(new Accepted("<" + ID + "@shop.example>"));

    JsonNode mail = mails().getFirst();
    assertThat(mail.path("messageId").asString()).isEqualTo("<" + ID + "@shop.example>");
    assertThat(mail.path("subject").asString()).isEqualTo("Grüße Bcc: all@example.org");
    assertThat(mail.path("text").asString()).isEqualTo("Schöner Text");
    assertThat(mail.path("html").asString()).isEqualTo("<p>Schönes <b>HTML</b></p>");
    assertThat(mail.path("unsubscribe").asString())
        .isEqualTo("<https://shop.example/unsubscribe/1>");
    assertThat(mail.at("/attachments/0").asString()).isEqualTo("Beleg.pdf");
    assertThat(asked.outcomes()).containsExactly("ada@example.org accepted");
    assertThat(asked.items().getFirst().path("request").asString()).contains(ID.toString());
  }

  @Test
  void thePageShowsAMailAndRunsNothingOfIt() {
    gateway.send(
        new Email(
            ID,
            "ada@example.org",
            "en",
            "<script>1</script>",
            "text",
            "<script>2</script>",
            null,
            List.of()));

    var page = asked.get("/mailbox/1");
    assertThat(page.body()).contains("<iframe sandbox srcdoc=").doesNotContain("<script>");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");
    assertThat(asked.get("/mailbox").body()).contains("ada@example.org").doesNotContain("<script>");
  }

  @Test
  void manyMailsGoOverOneConnection() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertThat(gateway.send(email("a" + i + "@example.org"))).isInstanceOf(Accepted.class);
    }
    assertThat(simulator.connections()).isEqualTo(1);
  }

  @Test
  void anUnknownAddressIsRefusedAndTheConnectionGoesOn() throws IOException {
    asked.behave("{\"refuse\": true, \"key\": \"nobody@example.org\"}");
    assertThat(gateway.send(email("nobody@example.org")))
        .isEqualTo(new Refused(Why.ADDRESS, "SMTP 550 5.1.1"));
    assertThat(gateway.send(EMAIL)).isInstanceOf(Accepted.class);
    assertThat(gateway.send(email("no address"))).matches(SmtpEmailGatewayTest::isAddress);
    assertThat(gateway.send(email("a@example.org\r\nDATA")))
        .matches(SmtpEmailGatewayTest::isAddress);

    assertThat(asked.outcomes())
        .containsExactly("nobody@example.org refused", "ada@example.org accepted");
    assertThat(simulator.connections()).isEqualTo(1);
  }

  /** U+0142 has the last byte of B, which Jakarta Mail would send. */
  @Test
  void lettersBeyondAsciiReachNobodyElse() {
    assertThat(gateway.send(email("\u0142o@example.org"))).matches(SmtpEmailGatewayTest::isAddress);
    assertThat(gateway.send(email("bo@\u0142.example.org")))
        .matches(SmtpEmailGatewayTest::isAddress);
    assertThat(asked.outcomes()).isEmpty();
  }

  /** As a server without SMTPUTF8 does. */
  @Test
  void theSimulatorRefusesLettersBeyondAscii() throws IOException {
    try (var connection = new Socket(InetAddress.getLoopbackAddress(), simulator.smtpPort())) {
      connection
          .getOutputStream()
          .write(
              "HELO shop\r\nMAIL FROM:<hello@shop.example>\r\nRCPT TO:<j\u00F6rg@example.org>\r\nQUIT\r\n"
                  .getBytes(StandardCharsets.UTF_8));
      assertThat(new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("553 5.6.7");
    }
  }

  @Test
  void notNowIsAFailure() {
    asked.behave("{\"fail\": true, \"calls\": 1}");
    assertNotReached("SMTP 451 4.3.0");
    asked.behave("{\"rateLimit\": 0, \"calls\": 1}");
    assertNotReached("SMTP 450 4.7.0");

    assertThat(gateway.send(EMAIL)).isInstanceOf(Accepted.class);
    assertThat(asked.outcomes())
        .containsExactly(
            "ada@example.org failed", "ada@example.org refused", "ada@example.org accepted");
  }

  @Test
  void aLostReplyIsUnknownAndTheNextMailGoes() {
    asked.behave("{\"acceptAndLoseReply\": true, \"calls\": 1}");
    assertThat(gateway.send(EMAIL)).isInstanceOf(Unknown.class);
    assertThat(asked.outcomes()).containsExactly("ada@example.org accepted");

    assertThat(gateway.send(EMAIL)).isInstanceOf(Accepted.class);
  }

  @Test
  void aServerThatHangsBeforeTheMailWasNotReached() {
    asked.behave("{\"latencyMillis\": 60000}");
    try (var hasty = gateway(simulator.smtpPort(), Duration.ofMillis(300), Tls.NONE)) {
      assertThatThrownBy(() -> hasty.send(EMAIL)).isInstanceOf(NotReachedException.class);
    }
    assertThat(asked.outcomes()).isEmpty();
  }

  @Test
  void aServerThatIsNotThereWasNotReached() {
    try (var nobody = gateway(AskedSimulator.unusedPort(), TIMEOUT, Tls.NONE)) {
      assertThatThrownBy(() -> nobody.send(EMAIL))
          .isInstanceOf(NotReachedException.class)
          .hasMessageContaining("not reached");
    }
  }

  @Test
  void aConnectionThatTheServerEndedIsReplaced() throws IOException {
    gateway.send(EMAIL);
    try (var restarted = restart()) {
      assertThatThrownBy(() -> gateway.send(EMAIL)).isInstanceOf(NotReachedException.class);
      assertThat(gateway.send(EMAIL)).isInstanceOf(Accepted.class);
      assertThat(restarted.connections()).isEqualTo(1);
    }
  }

  @Test
  void withoutTlsNothingIsSaidWhereItIsRequired() {
    try (var careful = gateway(simulator.smtpPort(), TIMEOUT, Tls.STARTTLS)) {
      assertThatThrownBy(() -> careful.send(EMAIL)).isInstanceOf(NotReachedException.class);
    }
    assertThat(asked.outcomes()).isEmpty();
  }

  private SmtpSimulator restart() throws IOException {
    int port = simulator.smtpPort();
    simulator.close();
    return new SmtpSimulator(0, port, InstantSource.system());
  }

  private void assertNotReached(String said) {
    assertThatThrownBy(() -> gateway.send(EMAIL))
        .isInstanceOf(NotReachedException.class)
        .hasMessageContaining(said);
  }

  private static boolean isAddress(Delivery delivery) {
    return delivery instanceof Refused refused && refused.why() == Why.ADDRESS;
  }

  private List<JsonNode> mails() {
    return JsonMapper.shared()
        .readTree(asked.get("/mails?to=ada@example.org").body())
        .path("items")
        .valueStream()
        .toList();
  }

  private static Email email(String to) {
    return new Email(ID, to, "en", "Hello", "text", "<p>html</p>", null, List.of());
  }

  private static SmtpEmailGateway gateway(int port, Duration timeout, Tls tls) {
    return new SmtpEmailGateway(
        new SmtpServer("127.0.0.1", port, "", "", tls, timeout),
        "Shop <hello@shop.example>",
        2,
        InstantSource.system());
  }
}
