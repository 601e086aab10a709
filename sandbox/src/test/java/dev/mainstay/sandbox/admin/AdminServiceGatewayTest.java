package dev.mainstay.sandbox.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.activities.purchase.AdminServiceGateway;
import dev.mainstay.activities.purchase.AllocationGateway.Answer;
import dev.mainstay.activities.purchase.AllocationGateway.Answer.Accepted;
import dev.mainstay.activities.purchase.AllocationGateway.Answer.NoTrainer;
import dev.mainstay.activities.purchase.AllocationGateway.Answer.Refused;
import dev.mainstay.activities.purchase.AllocationGateway.Answer.Unknown;
import dev.mainstay.activities.purchase.AllocationGateway.Wish;
import dev.mainstay.sandbox.simulator.SimulatorServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The gateway's contract with the admin service, as the simulator speaks it. */
class AdminServiceGatewayTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final UUID TRAINER = UUID.randomUUID();
  private static final Wish WISH =
      new Wish("key-1", UUID.randomUUID(), UUID.randomUUID(), LocalTime.of(7, 5), "Europe/Berlin");

  private final HttpClient client = HttpClient.newHttpClient();
  private final SimulatorServer simulator;
  private final AdminServiceGateway gateway;

  AdminServiceGatewayTest() throws IOException {
    simulator =
        new SimulatorServer(
            0,
            new AdminServiceSimulator((course, time, zone) ->
                course.equals(WISH.courseId())
                        && time.equals("07:05")
                        && zone.equals("Europe/Berlin")
                    ? List.of(new TrainerCandidates.Candidate(TRAINER, 0))
                    : List.of()),
            InstantSource.system());
    gateway = gateway(simulator.base(), TIMEOUT);
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void aTrainerIsApprovedAndLaterActive() {
    Accepted given = (Accepted) gateway.allocate(WISH);

    assertThat(given.trainerId()).isEqualTo(TRAINER);
    assertThat(given.active()).isFalse();
    assertThat(gateway.find(given.id())).isEqualTo(new Accepted(given.id(), TRAINER, true));
  }

  @Test
  void theSameKeyIsTheSameAllocation() throws Exception {
    Answer first = gateway.allocate(WISH);

    assertThat(gateway.allocate(WISH)).isEqualTo(first);

    assertThat(outcomes()).containsExactly("key-1 accepted", "key-1 replayed");
  }

  @Test
  void aLostReplyIsUnknownAndTheSameKeyBringsItBack() throws Exception {
    behave("{\"acceptAndLoseReply\": true, \"calls\": 1}");
    assertThat(gateway.allocate(WISH)).isInstanceOf(Unknown.class);

    assertThat(gateway.allocate(WISH)).isInstanceOf(Accepted.class);

    assertThat(outcomes()).containsExactly("key-1 accepted", "key-1 replayed");
  }

  @Test
  void anAnswerThatIsTooLateIsUnknown() throws Exception {
    behave("{\"latencyMillis\": 60000}");
    assertThat(gateway(simulator.base(), Duration.ofMillis(200)).allocate(WISH))
        .isInstanceOf(Unknown.class);
  }

  @Test
  void aServerErrorIsUnknownAndIsAskedForOnce() throws Exception {
    behave("{\"fail\": true}");
    assertThat(gateway.allocate(WISH)).isEqualTo(new Unknown("it answered 500"));
    assertThat(outcomes()).containsExactly("key-1 failed");
  }

  @Test
  void noTrainerIsABusinessNoAndIsNotKept() throws Exception {
    behave("{\"refuse\": true, \"calls\": 1}");
    assertThat(gateway.allocate(WISH)).isEqualTo(new NoTrainer());
    assertThat(gateway.allocate(WISH)).isInstanceOf(Accepted.class);
    assertThat(
            gateway.allocate(
                new Wish("key-2", UUID.randomUUID(), UUID.randomUUID(), LocalTime.NOON, "UTC")))
        .isEqualTo(new NoTrainer());
  }

  @Test
  void anotherNoIsARefusal() {
    gateway.allocate(WISH);
    var other =
        new Wish("key-1", UUID.randomUUID(), WISH.courseId(), WISH.preferredTime(), WISH.zone());
    assertThat(gateway.allocate(other)).isEqualTo(new Refused("it answered 422"));
    assertThat(gateway.find("unheard-of")).isEqualTo(new Refused("it answered 404"));
  }

  @Test
  void notNowAndNotReachedAreFailures() throws Exception {
    behave("{\"rateLimit\": 0}");
    assertThatThrownBy(() -> gateway.allocate(WISH)).hasMessageContaining("no more requests");
    assertThatThrownBy(() -> gateway("http://127.0.0.1:" + unusedPort(), TIMEOUT).allocate(WISH))
        .hasMessageContaining("not reached");
  }

  private static int unusedPort() throws IOException {
    try (var nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return nobody.getLocalPort();
    }
  }

  private static AdminServiceGateway gateway(String base, Duration timeout) {
    return new AdminServiceGateway(URI.create(base), timeout);
  }

  private void behave(String behaviour) throws IOException, InterruptedException {
    var answer =
        client.send(
            HttpRequest.newBuilder(URI.create(simulator.base() + "/behaviour"))
                .POST(HttpRequest.BodyPublishers.ofString(behaviour))
                .build(),
            HttpResponse.BodyHandlers.discarding());
    assertThat(answer.statusCode()).isEqualTo(204);
  }

  /** The simulator's ledger, each item as {@code key outcome}. */
  private List<String> outcomes() throws IOException, InterruptedException {
    String ledger =
        client
            .send(
                HttpRequest.newBuilder(URI.create(simulator.base() + "/ledger")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    return JsonMapper.shared()
        .readTree(ledger)
        .path("items")
        .valueStream()
        .map(item -> item.path("key").asString() + " " + item.path("outcome").asString())
        .toList();
  }
}
