package dev.mainstay.sandbox.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import com.twilio.http.TwilioRestClient;
import com.twilio.security.RequestValidator;
import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.notification.gateway.Delivery.Accepted;
import dev.mainstay.activities.notification.gateway.Delivery.Refused;
import dev.mainstay.activities.notification.gateway.Delivery.Refused.Why;
import dev.mainstay.activities.notification.gateway.Delivery.Unknown;
import dev.mainstay.activities.notification.gateway.Sms;
import dev.mainstay.activities.notification.gateway.TwilioHttp;
import dev.mainstay.activities.notification.gateway.TwilioSmsGateway;
import dev.mainstay.sandbox.simulator.AskedSimulator;
import dev.mainstay.sandbox.simulator.Form;
import dev.mainstay.sandbox.simulator.SimulatorServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gateway's contract with Twilio, as the simulator speaks it. */
class TwilioSmsGatewayTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final TwilioAccount ACCOUNT =
      new TwilioAccount("AC0123456789abcdef0123456789abcdef", "token", "+15005550006");
  private static final String NUMBER = "+4915112345678";
  private static final UUID ID = UUID.randomUUID();
  private static final Sms SMS = new Sms(ID, NUMBER, "Grüße & more = ?");

  private final HttpServer api;
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private final TwilioCallbacks callbacks = new TwilioCallbacks(ACCOUNT);
  private final SimulatorServer simulator;
  private final AskedSimulator asked;
  private final TwilioSmsGateway gateway;

  TwilioSmsGatewayTest() throws IOException {
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext(
        "/",
        exchange -> {
          try (exchange) {
            told.add(
                new Told(
                    "http://127.0.0.1:" + api.getAddress().getPort() + exchange.getRequestURI(),
                    exchange.getRequestHeaders().getFirst("X-Twilio-Signature"),
                    Form.parse(
                        new String(
                            exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))));
            exchange.sendResponseHeaders(204, -1);
          }
        });
    api.start();
    simulator =
        new SimulatorServer(
            0,
            new TwilioSimulator(ACCOUNT, callbacks, api("/inbound"), InstantSource.system()),
            InstantSource.system());
    asked = new AskedSimulator(simulator.base());
    gateway = gateway(simulator.base(), "token", TIMEOUT);
  }

  /** A callback. */
  private record Told(String url, String signature, Form form) {

    boolean isSigned() {
      return new RequestValidator("token").validate(url, form.parameters(), signature);
    }
  }

  @AfterEach
  void close() {
    callbacks.close();
    simulator.close();
    api.stop(0);
  }

  @Test
  void aMessageIsSentAndToldOfBySignedCallback() {
    Accepted sent = (Accepted) gateway.send(SMS);

    assertThat(asked.outcomes()).containsExactly(NUMBER + " accepted");
    Form request = Form.parse(asked.items().getFirst().path("request").asString());
    assertThat(request.value("Body")).isEqualTo(SMS.text());
    assertThat(request.value("From")).isEqualTo("+15005550006");
    assertThat(request.value("StatusCallback")).endsWith("/status?message=" + ID);
    await().atMost(TIMEOUT).until(() -> told.size() == 1);
    Told callback = told.getFirst();
    assertThat(callback.isSigned()).isTrue();
    assertThat(callback.url()).endsWith("/status?message=" + ID);
    assertThat(callback.form().parameters())
        .containsAllEntriesOf(
            Map.of("MessageStatus", "delivered", "MessageSid", sent.providerId(), "To", NUMBER));
  }

  @Test
  void aLostReplyIsUnknownAndIsFoundByNumberAndText() {
    Instant before = Instant.now();
    gateway.send(new Sms(UUID.randomUUID(), NUMBER, "another"));
    asked.behave("{\"acceptAndLoseReply\": true, \"calls\": 1}");
    assertThat(gateway.send(SMS)).isInstanceOf(Unknown.class);

    assertThat(gateway.find(SMS, before)).isPresent();
    assertThat(gateway.find(SMS, before.plus(Duration.ofHours(1)))).isEmpty();
    assertThat(gateway.find(new Sms(ID, NUMBER, "never sent"), before)).isEmpty();
    assertThat(gateway.find(new Sms(ID, "+4915187654321", SMS.text()), before)).isEmpty();
    assertThat(asked.outcomes()).filteredOn(item -> item.startsWith(NUMBER)).hasSize(2);
  }

  @Test
  void aServerErrorIsUnknownAndIsAskedForOnce() {
    asked.behave("{\"fail\": true}");
    assertThat(gateway.send(SMS)).isEqualTo(new Unknown("Twilio answered 20500 (500)"));
    assertThat(asked.outcomes()).containsExactly(NUMBER + " failed");
    assertThatThrownBy(() -> gateway.find(SMS, Instant.now()))
        .isInstanceOf(NotReachedException.class);
  }

  @Test
  void anAnswerThatIsTooLateIsUnknown() {
    asked.behave("{\"latencyMillis\": 60000}");
    assertThat(gateway(simulator.base(), "token", Duration.ofMillis(300)).send(SMS))
        .isInstanceOf(Unknown.class);
  }

  @Test
  void whoWroteStopGetsNoMoreUntilStart() {
    asked.post("/inbound", "{\"from\": \"%s\", \"body\": \" stop \"}".formatted(NUMBER));
    assertThat(gateway.send(SMS)).isEqualTo(new Refused(Why.STOPPED, "Twilio 21610 (400)"));
    await().atMost(TIMEOUT).until(() -> told.size() == 1);
    assertThat(told.getFirst().isSigned()).isTrue();
    assertThat(told.getFirst().form().parameters())
        .containsAllEntriesOf(Map.of("From", NUMBER, "Body", " stop "));

    asked.post("/inbound", "{\"from\": \"%s\", \"body\": \"START\"}".formatted(NUMBER));
    assertThat(gateway.send(SMS)).isInstanceOf(Accepted.class);
  }

  @Test
  void advancedOptOutTellsItsVerdictInAnyLanguage() {
    asked.post(
        "/inbound",
        "{\"from\": \"%s\", \"body\": \"Arr\u00EAt\", \"optOutType\": \"STOP\"}".formatted(NUMBER));
    assertThat(gateway.send(SMS)).isInstanceOf(Refused.class);
    await().atMost(TIMEOUT).until(() -> told.size() == 1);
    assertThat(told.getFirst().isSigned()).isTrue();
    assertThat(told.getFirst().form().value("OptOutType")).isEqualTo("STOP");

    asked.post(
        "/inbound",
        "{\"from\": \"%s\", \"body\": \"STOP\", \"optOutType\": \"START\"}".formatted(NUMBER));
    assertThat(gateway.send(SMS)).isInstanceOf(Accepted.class);
  }

  @Test
  void aNumberThatCannotBeReachedIsRefused() {
    assertThat(gateway.send(to("+15005550001")))
        .isEqualTo(new Refused(Why.ADDRESS, "Twilio 21211 (400)"));
    assertThat(gateway.send(to("+15005550009")))
        .isEqualTo(new Refused(Why.ADDRESS, "Twilio 21614 (400)"));
    assertThat(gateway.send(to("+15005550003")))
        .isEqualTo(new Refused(Why.REJECTED, "Twilio 21408 (400)"));
  }

  @Test
  void aMessageThatDidNotArriveIsToldOf() {
    asked.post("/undeliverable", "{\"to\": \"%s\", \"errorCode\": 30003}".formatted(NUMBER));
    gateway.send(SMS);
    await().atMost(TIMEOUT).until(() -> told.size() == 1);
    assertThat(told.getFirst().form().parameters())
        .containsAllEntriesOf(Map.of("MessageStatus", "undelivered", "ErrorCode", "30003"));
  }

  @Test
  void notNowNotKnownAndNotReachedAreFailures() {
    asked.behave("{\"rateLimit\": 0, \"calls\": 1}");
    assertThatThrownBy(() -> gateway.send(SMS))
        .isInstanceOf(NotReachedException.class)
        .hasMessageContaining("20429");
    assertThatThrownBy(() -> gateway(simulator.base(), "wrong", TIMEOUT).send(SMS))
        .isInstanceOf(NotReachedException.class)
        .hasMessageContaining("20003");
    String nobody = "http://127.0.0.1:" + AskedSimulator.unusedPort();
    assertThatThrownBy(() -> gateway(nobody, "token", TIMEOUT).send(SMS))
        .isInstanceOf(NotReachedException.class)
        .hasMessageContaining("not reached");
  }

  private static Sms to(String number) {
    return new Sms(ID, number, "text");
  }

  private TwilioSmsGateway gateway(String base, String token, Duration timeout) {
    var client =
        new TwilioRestClient.Builder(ACCOUNT.sid(), token)
            .httpClient(new TwilioHttp(URI.create(base), timeout))
            .build();
    return new TwilioSmsGateway(client, ACCOUNT.number(), api("/status"));
  }

  private URI api(String path) {
    return URI.create("http://127.0.0.1:" + api.getAddress().getPort() + path);
  }
}
