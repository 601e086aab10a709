package dev.mainstay.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mainstay.db.intake.Intake;
import dev.mainstay.db.intake.IntakeRow;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.notification.NotificationWorkflow;
import dev.mainstay.workflows.process.Lane;
import dev.mainstay.workflows.purchase.PurchaseBatchWorkflow;
import dev.mainstay.workflows.purchase.PurchaseWorkflow;
import io.grpc.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DrainerTest {

  private final TestDatabase database = TestDatabase.create();
  private final List<RunStarter> all = new FakeTemporal(database.dsl()).starters();
  private final Claims claims = new Claims(database.dsl());
  private final DrainerWake wake = new DrainerWake();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aClaimTakesTheOldestPurchasesAndAtMostFifty() {
    takeIn(PurchaseBatchWorkflow.KIND, 60, "pi_%d");
    assertThat(claims.next(all).orElseThrow().rows()).hasSize(50);
    assertThat(claims.next(all).orElseThrow().rows()).hasSize(10);
    assertThat(claims.next(all)).isEmpty();
  }

  @Test
  void aClaimOfPurchasesFitsTheSearchAttribute() {
    takeIn(PurchaseBatchWorkflow.KIND, 50, "p".repeat(95) + "%05d");
    // each id has 100 bytes, two quotes and a comma
    assertThat(claims.next(all).orElseThrow().rows()).hasSize(1_900 / 103);
  }

  @Test
  void aClaimHoldsOneKindAndWhatIsServed() {
    takeIn(PurchaseWorkflow.KIND, 2, "a_%d");
    takeIn(PurchaseBatchWorkflow.KIND, 2, "b_%d");
    assertThat(claims.next(only(PurchaseBatchWorkflow.KIND)).orElseThrow().rows()).hasSize(2);
    Claim alone = claims.next(all).orElseThrow();
    assertThat(alone.kind()).isEqualTo(PurchaseWorkflow.KIND);
    assertThat(alone.rows()).hasSize(1);
  }

  @Test
  void twoHostsAtOnceClaimTheOldestRowsEachOnceAndNeitherGoesWithout() throws Exception {
    takeIn(PurchaseBatchWorkflow.KIND, 500, "first_%d");
    try (var hosts = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 10; round++) {
        takeIn(PurchaseBatchWorkflow.KIND, 50, "round_" + round + "_%d");
        List<UUID> oldest = waitingInOrder().subList(0, 100);
        Callable<Claim> host = () -> claims.next(all).orElseThrow();

        List<UUID> claimed = new ArrayList<>();
        for (Future<Claim> claim : hosts.invokeAll(List.of(host, host))) {
          assertThat(claim.get().rows()).hasSize(50);
          claim.get().rows().forEach(row -> claimed.add(row.businessId()));
        }

        assertThat(claimed).containsExactlyInAnyOrderElementsOf(oldest);
      }
    }
  }

  @Test
  void aClaimTellsHowLongItsRowsHaveWaited() {
    takeIn(PurchaseBatchWorkflow.KIND, 2, "pi_%d");
    database
        .dsl()
        .execute("update intake set received_at = received_at - interval '1 day 2 hours'");

    assertThat(claims.next(all).orElseThrow().rows())
        .extracting(Claim.Row::waited)
        .allSatisfy(
            waited -> assertThat(waited).isBetween(Duration.ofHours(26), Duration.ofHours(27)));
  }

  @Test
  void whatAHostClaimedAndDidNotStartIsClaimedAgainAfterItsLease() {
    takeIn(PurchaseBatchWorkflow.KIND, 1, "pi_%d");
    Claim crashed = claims.next(all).orElseThrow();
    assertThat(claims.next(all)).isEmpty();

    endLeases();

    assertThat(claims.next(all).orElseThrow().rows())
        .extracting(Claim.Row::businessId)
        .containsExactly(crashed.rows().getFirst().businessId());
  }

  @Test
  void whatWasClaimedInVainIsClaimedAloneSoThatABadRowHoldsNoOthers() {
    takeIn(PurchaseBatchWorkflow.KIND, 3, "pi_%d");
    assertThat(claims.next(all).orElseThrow().rows()).hasSize(3);
    endLeases();
    takeIn(PurchaseBatchWorkflow.KIND, 2, "later_%d");

    assertThat(Stream.generate(() -> claims.next(all).orElseThrow()).limit(4))
        .extracting(claim -> claim.rows().size())
        .containsExactly(1, 1, 1, 2);
  }

  @Test
  void aRowClaimedThreeTimesInVainWaitsForAnOperator() {
    takeIn(PurchaseBatchWorkflow.KIND, 1, "pi_%d");
    for (int i = 0; i < 3; i++) {
      assertThat(claims.next(all)).isPresent();
      endLeases();
    }
    assertThat(claims.next(all)).isEmpty();
    assertThat(claims.giveUp(all)).isEqualTo(1);
    assertThat(claims.giveUp(all)).isZero();
    assertThat(database.dsl().fetchValue("select reason from attention where status = 'open'"))
        .isEqualTo("not-started");
  }

  @Test
  void everyRowIsStartedOnceByTwoDrainers() {
    takeIn(PurchaseWorkflow.KIND, 40, "pi_%d");
    FakeTemporal temporal = new FakeTemporal(database.dsl());
    try (Running _ = drain(temporal, 100);
        Running _ = drain(temporal, 100)) {
      waitUntil(() -> temporal.started().size() == 40);
    }
    assertThat(temporal.started()).doesNotHaveDuplicates();
    assertThat(waiting()).isZero();
  }

  @Test
  void whileTemporalIsAwayRowsWaitAndLoseNoAttempt() {
    takeIn(PurchaseBatchWorkflow.KIND, 3, "pi_%d");
    FakeTemporal temporal = new FakeTemporal(database.dsl());
    temporal.away();
    try (Running _ = drain(temporal, 4)) {
      waitUntil(() -> temporal.refused() > 0);
      waitUntil(() -> count("claims = 0") == 3);
      temporal.back();
      waitUntil(() -> waiting() == 0);
    }
    assertThat(temporal.refused()).isEqualTo(1);
    assertThat(temporal.started()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAUTHENTICATED", "PERMISSION_DENIED", "NOT_FOUND"})
  void whileTemporalDoesNotKnowUsRowsLoseNoAttemptEither(Status.Code code) {
    takeIn(PurchaseBatchWorkflow.KIND, 3, "pi_%d");
    FakeTemporal temporal = new FakeTemporal(database.dsl());
    temporal.refuse(code);
    try (Running _ = drain(temporal, 4)) {
      waitUntil(() -> temporal.refused() == 2);
      waitUntil(() -> count("claims = 0") == 3);
      temporal.back();
      waitUntil(() -> waiting() == 0);
    }
    assertThat(temporal.refused()).isLessThan(6);
  }

  @Test
  void aTemporalThatHasLostItsDatabaseIsToldBeforeTheNextStartAndRowsLoseNoAttempt() {
    takeIn(PurchaseBatchWorkflow.KIND, 3, "pi_%d");
    FakeTemporal temporal = new FakeTemporal(database.dsl());
    temporal.forgetUs();
    try (Running _ = drain(temporal, 4)) {
      waitUntil(() -> waiting() == 0);
    }
    assertThat(temporal.refused()).isEqualTo(1);
    assertThat(temporal.started()).hasSize(1);
    assertThat(count("claims = 1")).isEqualTo(3);
  }

  @Test
  void aRowThatCannotBeReadHoldsNoneOfItsClaim() {
    takeIn(PurchaseBatchWorkflow.KIND, 10, "pi_%d");
    FakeTemporal temporal = new FakeTemporal(database.dsl());
    UUID bad = waitingInOrder().get(3);
    temporal.unreadable(bad);
    try (Running running = drain(temporal, 20)) {
      assertThat(secondsUntil(() -> temporal.started().size() == 9)).isLessThan(10);
      waitUntil(() -> count("done_at is null and claims = 2 and leased_until > now()") == 1);
      assertThat(running.slots().free(Lane.PROCESSES)).isTrue();

      // its second and its third lease
      endLeases();
      wake.wake();
      waitUntil(() -> count("claims = 3") == 1);
    }
    endLeases();
    assertThat(claims.giveUp(all)).isEqualTo(1);
    assertThat(temporal.started()).doesNotHaveDuplicates().doesNotContain(bad.toString());
    assertThat(database.dsl().fetchValue("select subject_id from attention where status = 'open'"))
        .isEqualTo(bad);
  }

  @Test
  void noMoreRunsAreBegunThanThereAreSlots() {
    takeIn(PurchaseWorkflow.KIND, 3, "pi_%d");
    FakeTemporal temporal = new FakeTemporal(database.dsl());
    try (Running running = drain(temporal, 2)) {
      waitUntil(() -> temporal.started().size() == 2);
      assertThat(waiting()).isEqualTo(1);
      running.slots().release(temporal.started().getFirst());
      waitUntil(() -> temporal.started().size() == 3);
    }
  }

  @Test
  void aSlotThatNobodyGivesBackIsFreeAfterTheLease() {
    var now = new AtomicReference<>(Instant.EPOCH);
    DrainerSlots slots = new DrainerSlots(1, now::get, wake);
    slots.start(Lane.PROCESSES, "a", () -> {});
    assertThat(slots.free(Lane.PROCESSES)).isFalse();
    now.set(now.get().plus(Claims.LEASE).plusMillis(1));
    assertThat(slots.free(Lane.PROCESSES)).isTrue();
  }

  @Test
  void aFullLaneHoldsUpNothingInAnother() {
    takeIn(PurchaseWorkflow.KIND, 2, "pi_%d");
    takeIn(NotificationWorkflow.NAME, 3, "sessions.scheduled/%d");
    FakeTemporal temporal = new FakeTemporal(database.dsl());
    try (Running processes = drain(Lane.PROCESSES, temporal, 1);
        Running _ = drain(Lane.MESSAGES, temporal, processes.slots())) {
      waitUntil(() -> temporal.started().size() == 2);
      waitUntil(() -> waiting() == 1);
      assertThat(count("done_at is not null and kind = 'notification'")).isEqualTo(3);
    }
  }

  @Test
  void whatIsToldStepsBackForFiveSecondsWhileProcessesTakeAllOfTheirSlots() {
    takeIn(PurchaseWorkflow.KIND, 1, "pi_%d");
    FakeTemporal temporal = new FakeTemporal(database.dsl());
    try (Running processes = drain(Lane.PROCESSES, temporal, 1)) {
      waitUntil(() -> temporal.started().size() == 1);
      DrainerSlots slots = processes.slots();
      takeIn(NotificationWorkflow.NAME, 120, "sessions.scheduled/%d");
      try (Running _ = drain(Lane.MESSAGES, temporal, slots)) {
        waitUntil(() -> temporal.started().size() == 2);

        slots.release(temporal.started().get(1));
        assertThat(secondsUntil(() -> temporal.started().size() == 3)).isGreaterThan(4);

        slots.release(temporal.started().getFirst());
        slots.release(temporal.started().get(2));
        assertThat(secondsUntil(() -> temporal.started().size() == 4)).isLessThan(4);
      }
    }
  }

  private static double secondsUntil(Callable<Boolean> condition) {
    long begun = System.nanoTime();
    waitUntil(condition);
    return (System.nanoTime() - begun) / 1e9;
  }

  private record Running(Drainer drainer, DrainerSlots slots) implements AutoCloseable {
    @Override
    public void close() {
      drainer.stop();
    }
  }

  private List<RunStarter> only(String kind) {
    return all.stream().filter(starter -> starter.kind().equals(kind)).toList();
  }

  private Running drain(FakeTemporal temporal, int slotsInAll) {
    return drain(Lane.PROCESSES, temporal, slotsInAll);
  }

  private Running drain(Lane lane, FakeTemporal temporal, int slotsInAll) {
    return drain(lane, temporal, new DrainerSlots(slotsInAll, InstantSource.system(), wake));
  }

  private Running drain(Lane lane, FakeTemporal temporal, DrainerSlots slots) {
    Drainer drainer =
        new Drainer(
            lane, claims, slots, wake, temporal.starters(), temporal, new SimpleMeterRegistry());
    drainer.start();
    wake.wake();
    return new Running(drainer, slots);
  }

  private void takeIn(String kind, int rows, String key) {
    Intake intake = new Intake(database.dsl(), wake);
    List<UUID> ids = IntStream.range(0, rows).mapToObj(_ -> UUID.randomUUID()).toList();
    database
        .transaction()
        .executeWithoutResult(_ -> {
          for (int i = 0; i < rows; i++) {
            intake.take(
                new IntakeRow(kind, "stripe", key.formatted(i), ids.get(i), "{}", null, "c"));
          }
        });
  }

  private void endLeases() {
    database.dsl().execute("update intake set leased_until = now() - interval '1 ms'");
  }

  private List<UUID> waitingInOrder() {
    return database
        .dsl()
        .fetch("select business_id from intake where claim_id is null order by id")
        .getValues("business_id", UUID.class);
  }

  private long waiting() {
    return count("done_at is null");
  }

  private long count(String condition) {
    return database
        .dsl()
        .fetchSingle("select count(*) from intake where " + condition)
        .get(0, Long.class);
  }

  private static void waitUntil(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(20)).until(condition);
  }
}
