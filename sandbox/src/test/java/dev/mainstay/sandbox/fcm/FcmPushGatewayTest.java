package dev.mainstay.sandbox.fcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.oauth2.ServiceAccountCredentials;
import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.notification.gateway.Delivery.Accepted;
import dev.mainstay.activities.notification.gateway.Delivery.Refused;
import dev.mainstay.activities.notification.gateway.Delivery.Refused.Why;
import dev.mainstay.activities.notification.gateway.Delivery.Unknown;
import dev.mainstay.activities.notification.gateway.FcmPushGateway;
import dev.mainstay.activities.notification.gateway.Push;
import dev.mainstay.sandbox.simulator.AskedSimulator;
import dev.mainstay.sandbox.simulator.SimulatorServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway's contract with Firebase Cloud Messaging, as the simulator speaks it. */
class FcmPushGatewayTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final UUID ID = UUID.randomUUID();
  private static final Push PUSH = new Push(ID, "device-1", "Grüße", "text");
  private static final ServiceAccount ACCOUNT = new ServiceAccount();

  private final SimulatorServer simulator;
  private final AskedSimulator asked;
  private final FcmPushGateway gateway;

  FcmPushGatewayTest() throws IOException {
    simulator = new SimulatorServer(0, new FcmSimulator(ACCOUNT), InstantSource.system());
    asked = new AskedSimulator(simulator.base());
    gateway = gateway(ACCOUNT, simulator.base(), TIMEOUT);
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void aMessageIsSentUnderOurIdByAnAccountThatProvedItself() {
    assertThat(gateway.send(PUSH))
        .isInstanceOfSatisfying(
            Accepted.class,
            sent ->
                assertThat(sent.providerId()).startsWith("projects/mainstay-sandbox/messages/"));
    assertThat(gateway.send(PUSH)).isInstanceOf(Accepted.class);

    assertThat(asked.outcomes()).containsExactly("device-1 accepted", "device-1 accepted");
    JsonNode message =
        JsonMapper.shared()
            .readTree(asked.items().getFirst().path("request").asString())
            .path("message");
    assertThat(message.at("/data/messageId").asString()).isEqualTo(ID.toString());
    assertThat(message.at("/apns/headers/apns-collapse-id").asString()).isEqualTo(ID.toString());
    assertThat(message.at("/notification/title").asString()).isEqualTo("Grüße");
  }

  @Test
  void aDeadTokenIsGone() {
    asked.post("/uninstall", "{\"token\": \"device-1\"}");
    assertThat(gateway.send(PUSH)).isEqualTo(new Refused(Why.GONE, "FCM UNREGISTERED (404)"));
    assertThat(gateway.send(new Push(ID, "device-2", "t", "t"))).isInstanceOf(Accepted.class);
  }

  @Test
  void whatIsNoTokenHasNoAddress() {
    assertThat(gateway.send(new Push(ID, " ", "t", "t")))
        .isEqualTo(new Refused(Why.ADDRESS, "FCM INVALID_ARGUMENT (400)"));
  }

  @Test
  void aLostReplyIsUnknown() {
    asked.behave("{\"acceptAndLoseReply\": true, \"calls\": 1}");
    assertThat(gateway.send(PUSH)).isInstanceOf(Unknown.class);
    assertThat(asked.outcomes()).containsExactly("device-1 accepted");
  }

  @Test
  void aServerErrorIsUnknownAndIsAskedForOnce() {
    asked.behave("{\"fail\": true}");
    assertThat(gateway.send(PUSH)).isEqualTo(new Unknown("FCM INTERNAL (500)"));
    assertThat(asked.outcomes()).containsExactly("device-1 failed");
  }

  @Test
  void anAnswerThatIsTooLateIsUnknown() {
    asked.behave("{\"latencyMillis\": 60000}");
    assertThat(gateway(ACCOUNT, simulator.base(), Duration.ofMillis(300)).send(PUSH))
        .isInstanceOf(Unknown.class);
  }

  @Test
  void notNowNotKnownAndNotReachedAreFailures() {
    asked.behave("{\"rateLimit\": 0, \"calls\": 1}");
    assertThatThrownBy(() -> gateway.send(PUSH))
        .isInstanceOf(NotReachedException.class)
        .hasMessageContaining("QUOTA_EXCEEDED");
    assertThatThrownBy(() -> gateway(new ServiceAccount(), simulator.base(), TIMEOUT).send(PUSH))
        .isInstanceOf(NotReachedException.class)
        .hasMessageContaining("gave no token");
    String nobody = "http://127.0.0.1:" + AskedSimulator.unusedPort();
    assertThatThrownBy(() -> gateway(ACCOUNT, nobody, TIMEOUT).send(PUSH))
        .isInstanceOf(NotReachedException.class)
        .hasMessageContaining("not reached");
  }

  private FcmPushGateway gateway(ServiceAccount account, String base, Duration timeout) {
    try {
      var key = account.key(simulator.base()).getBytes(StandardCharsets.UTF_8);
      var credentials =
          ServiceAccountCredentials.fromStream(new ByteArrayInputStream(key))
              .createWithCustomRetryStrategy(false)
              .createScoped(List.of(FcmPushGateway.SCOPE));
      return new FcmPushGateway(URI.create(base), ServiceAccount.PROJECT, credentials, timeout);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
