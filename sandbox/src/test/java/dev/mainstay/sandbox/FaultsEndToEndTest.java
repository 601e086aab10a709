package dev.mainstay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mainstay.sandbox.InSandbox.Setting;
import dev.mainstay.sandbox.server.DatabaseAddress;
import dev.mainstay.sandbox.stripe.SimulatedStripeEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * A flood of payments and refunds while a worker host, Temporal and PostgreSQL are killed by -9 in
 * the midst of it: everything that was acknowledged completes, nothing twice. One seed, or as many
 * as the property {@code mainstay.faults.seeds} says. And a row that no step can carry.
 *
 * <p>It takes long because what was killed has to start again three times.
 */
@InSandbox(Setting.HOST_OUTSIDE)
class FaultsEndToEndTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int PAYMENTS = 400;
  private static final int REFUNDS = 80;

  /** Events that are unanswered at once: more than the hosts carry in the meantime. */
  private static final int AT_ONCE = 64;

  /** The share of the payments after which nothing is killed any more. */
  private static final double LAST_DEATH = 0.75;

  static Home home;
  static Kills kills;
  static Status status;
  static Marketplace marketplace;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Integer.getInteger("mainstay.faults.seeds", 1));
  }

  @BeforeAll
  static void in(SharedSandbox sandbox) {
    home = sandbox.home();
    kills = new Kills(home);
    status = sandbox.status();
    marketplace = sandbox.marketplace();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @Tag("seeds")
  void whatWasAcknowledgedCompletesWhateverIsKilled(long seed) throws Exception {
    Random random = new Random(seed);
    List<SimulatedStripeEvent> payments =
        Stream.generate(marketplace::payment).limit(PAYMENTS).toList();
    List<SimulatedStripeEvent> refunded = payments.subList(0, REFUNDS);
    List<SimulatedStripeEvent> events = new ArrayList<>(payments);
    refunded.forEach(payment -> events.add(Marketplace.refund(payment, Marketplace.PAID)));
    Collections.shuffle(events, random);
    List<Runnable> deaths =
        new ArrayList<>(List.of(kills::workerHost, kills::temporal, kills::postgres));
    Collections.shuffle(deaths, random);
    int[] moments = random.ints(deaths.size(), 0, (int) (PAYMENTS * LAST_DEATH)).sorted().toArray();

    try (var senders = Executors.newFixedThreadPool(AT_ONCE)) {
      List<? extends Future<?>> sent =
          events.stream().map(event -> senders.submit(() -> acknowledged(event))).toList();
      for (int death = 0; death < moments.length; death++) {
        awaitPurchases(payments, moments[death]);
        deaths.get(death).run();
      }
      for (Future<?> one : sent) {
        one.get();
      }
    }

    for (SimulatedStripeEvent payment : payments) {
      marketplace.awaitStatus(
          Marketplace.paymentId(payment), refunded.contains(payment) ? "refunded" : "active");
    }
    assertThat(marketplace.countPurchases(payments)).isEqualTo(PAYMENTS);
    assertThat(marketplace.largestClaim(payments)).isGreaterThan(10);
    marketplace.assertNothingViolated();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"amountMinor\": -1}", "{\"zone\": \"Mars/Olympus_Mons\"}"})
  void aPoisonRowIsLeftToAnOperatorAndHoldsNoOtherOfItsClaim(String poison) throws Exception {
    kills.lastWorkerHost();
    List<SimulatedStripeEvent> payments = Stream.generate(marketplace::payment).limit(50).toList();
    marketplace.deliverAtOnce(payments);
    List<SimulatedStripeEvent> good = payments.subList(1, 50);
    String bad = Marketplace.paymentId(payments.getFirst());
    pastTheApi(bad, poison);
    kills.startWorkerHost();

    good.forEach(marketplace::awaitActive);
    JsonNode attention = marketplace.awaitStatus(bad, "attention").at("/attention");

    assertThat(marketplace.largestClaim(payments)).isEqualTo(50);
    assertThat(attention)
        .singleElement()
        .extracting(item -> item.at("/reason").asString())
        .isEqualTo("step-failed");
    try (Visibility temporal = Visibility.of(status)) {
      for (String payment : List.of(bad, Marketplace.paymentId(good.getLast()))) {
        await()
            .atMost(SOON)
            .untilAsserted(() ->
                assertThat(temporal.runsAbout(payment))
                    .hasSize(2)
                    .contains("purchase/stripe/" + payment)
                    .anyMatch(run -> run.startsWith("purchase-batch/")));
      }
    }
    marketplace.assertNothingViolated();
  }

  /** Changes an accepted body to one that the API would have refused. */
  private static void pastTheApi(String paymentId, String change) throws SQLException {
    String password = Secrets.of(home).postgresPassword("postgres");
    try (var connection =
            DatabaseAddress.parse(status.databaseUrl()).as("postgres", password).connect();
        var update =
            connection.prepareStatement(
                "update intake set body = body || ?::jsonb where kind = 'purchase' and key = ?")) {
      update.setString(1, change);
      update.setString(2, paymentId);
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  /** Watched closely, so that the next claims are under way when something dies. */
  private static void awaitPurchases(List<SimulatedStripeEvent> payments, int wanted) {
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(SQLException.class)
        .until(() -> marketplace.countPurchases(payments) >= wanted);
  }

  private static void acknowledged(SimulatedStripeEvent event) {
    assertThat(marketplace.deliver(event)).isBetween(200, 202);
  }
}
