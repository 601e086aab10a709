package dev.mainstay.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mainstay.sandbox.InSandbox.Setting;
import dev.mainstay.sandbox.stripe.SimulatedStripeEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The product as anybody runs it: a real Temporal, a real and durable PostgreSQL, signed events
 * over HTTP.
 */
@InSandbox(Setting.HOST_INSIDE)
class PurchaseEndToEndTest {

  private static final Duration SECONDS = Duration.ofSeconds(30);

  static Home home;
  static Status status;
  static Marketplace marketplace;

  @BeforeAll
  static void in(SharedSandbox sandbox) {
    home = sandbox.home();
    status = sandbox.status();
    marketplace = sandbox.marketplace();
  }

  @AfterEach
  void nothingIsViolated() throws Exception {
    marketplace.assertNothingViolated();
  }

  @Test
  void aSignedEventBecomesATrainerAndSevenSessions() throws Exception {
    SimulatedStripeEvent event = marketplace.payment();

    assertThat(marketplace.send(event).statusCode()).isEqualTo(202);

    var purchase = marketplace.awaitActive(event);
    assertThat(purchase.at("/allocation/trainerId").asString()).isNotBlank();
    assertThat(purchase.at("/sessions")).hasSize(7);
  }

  @Test
  void theRunIsFoundByThePaymentItCarried() throws Exception {
    SimulatedStripeEvent event = marketplace.payment();
    marketplace.send(event);
    marketplace.awaitActive(event);

    try (Visibility temporal = Visibility.of(status)) {
      await()
          .atMost(SECONDS)
          .untilAsserted(() ->
              assertThat(temporal.runsAbout(Marketplace.paymentId(event)))
                  .singleElement()
                  .asString()
                  .startsWith("purchase-batch/"));
    }
  }

  @Test
  void eventsAreAcknowledgedWhileTemporalIsDeadAndCompleteByThemselves() throws Exception {
    List<SimulatedStripeEvent> events = Stream.generate(marketplace::payment).limit(50).toList();
    long killed = kill(requireNonNull(pids().temporal()));

    marketplace.deliverAtOnce(events);

    events.forEach(marketplace::awaitActive);
    assertThat(marketplace.countPurchases(events)).isEqualTo(50);
    assertThat(pids().temporal()).isNotNull().isNotEqualTo(killed);
  }

  /** Longer than a call to Temporal is tried, so that what was claimed is given back. */
  @Test
  void eventsAreAcknowledgedWhileTemporalHangsAndCompleteWhenItGoesOn() throws Exception {
    List<SimulatedStripeEvent> events = Stream.generate(marketplace::payment).limit(20).toList();
    long temporal = requireNonNull(pids().temporal());
    signal("STOP", temporal);
    try {
      marketplace.deliverAtOnce(events);
      await()
          .during(Duration.ofSeconds(12))
          .atMost(SECONDS)
          .untilAsserted(() -> assertThat(marketplace.countPurchases(events)).isZero());
    } finally {
      signal("CONT", temporal);
    }

    events.forEach(marketplace::awaitActive);
    assertThat(marketplace.countPurchases(events)).isEqualTo(20);
    assertThat(pids().temporal()).isEqualTo(temporal);
  }

  @Test
  void aKilledPostgresComesBackOnItsDataAndWorkGoesOn() throws Exception {
    SimulatedStripeEvent before = marketplace.payment();
    marketplace.send(before);
    marketplace.awaitActive(before);
    long killed = kill(requireNonNull(pids().postgres()));

    await()
        .atMost(SECONDS)
        .untilAsserted(() -> assertThat(pids().postgres()).isNotNull().isNotEqualTo(killed));
    SimulatedStripeEvent after = marketplace.payment();
    assertThat(marketplace.deliver(after)).isEqualTo(202);

    marketplace.awaitActive(after);
    assertThat(marketplace.countPurchases(List.of(before, after))).isEqualTo(2);
  }

  private static Status.Pids pids() {
    return requireNonNull(Status.require(home).pids());
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
        .isZero();
  }

  private static long kill(long pid) {
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    return pid;
  }
}
