package dev.mainstay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.sandbox.stripe.StripeEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Payments and refunds while a worker host, Temporal and PostgreSQL are killed by -9 in the midst
 * of them: everything that was acknowledged completes, nothing twice. Three seeds, or as many as
 * the property {@code mainstay.faults.seeds} says.
 */
class FaultsEndToEndTest {

  private static final Logger log = LoggerFactory.getLogger(FaultsEndToEndTest.class);

  private static final int PAYMENTS = 170;
  private static final int REFUNDS = 34;

  /** Events that may be unanswered at once, as Stripe has them. */
  private static final int AT_ONCE = 8;

  @TempDir static Path directory;
  static Kills kills;
  static Sandbox sandbox;
  static Marketplace marketplace;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Integer.getInteger("mainstay.faults.seeds", 3));
  }

  @BeforeAll
  static void up() {
    Home home = new Home(directory.resolve("home"));
    kills = new Kills(home);
    sandbox =
        new Sandbox(
            home,
            new SandboxOptions(Ports.free(), false, 1, Allocator.BUILT_IN, null, null),
            log::warn);
    marketplace = new Marketplace(sandbox.start());
  }

  @AfterAll
  static void down() {
    sandbox.close();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatWasAcknowledgedCompletesWhateverIsKilled(long seed) throws Exception {
    Random random = new Random(seed);
    List<StripeEvent> payments = Stream.generate(marketplace::payment).limit(PAYMENTS).toList();
    List<StripeEvent> refunded = payments.subList(0, REFUNDS);
    List<Callable<Object>> work = new ArrayList<>();
    payments.forEach(payment -> work.add(Executors.callable(() -> acknowledged(payment))));
    refunded.forEach(payment ->
        work.add(
            Executors.callable(() -> acknowledged(Marketplace.refund(payment, Marketplace.PAID)))));
    Collections.shuffle(work, random);
    List<Runnable> deaths =
        new ArrayList<>(List.of(kills::workerHost, kills::temporal, kills::postgres));
    Collections.shuffle(deaths, random);
    IntStream.generate(() -> random.nextInt(work.size()))
        .limit(deaths.size())
        .forEach(moment -> work.add(moment, Executors.callable(deaths.removeFirst())));

    try (var senders = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Future<?> done : senders.invokeAll(work)) {
        done.get();
      }
    }

    for (StripeEvent payment : payments) {
      marketplace.awaitStatus(
          Marketplace.paymentId(payment), refunded.contains(payment) ? "refunded" : "active");
    }
    assertThat(marketplace.countPurchases(payments)).isEqualTo(PAYMENTS);
    marketplace.assertNothingViolated();
  }

  private static void acknowledged(StripeEvent event) {
    assertThat(marketplace.deliver(event)).isBetween(200, 202);
  }
}
