package dev.mainstay.activities.purchase;

import static dev.mainstay.activities.purchase.TestPurchases.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.mainstay.db.testing.TestCourse;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestRequest;
import dev.mainstay.db.testing.TestStudent;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllocateTrainersTest {

  private final TestPurchases purchases = new TestPurchases();
  private final TestDatabase database = purchases.database;
  private final UUID course = purchases.course();

  @AfterEach
  void nothingIsLost() {
    purchases.schedule(
        database
            .dsl()
            .fetch("select purchase_id from allocation")
            .getValues("purchase_id", UUID.class));
    assertThat(database.violations()).isEmpty();
    purchases.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50})
  void givesEachPurchaseATrainer(int count) {
    IntStream.range(0, count).forEach(_ -> TestTrainer.teaching(course).upTo(1).in(database));
    List<UUID> ids = created(purchases.requests(count, course));

    assertThat(purchases.allocate(ids)).isEmpty();

    assertThat(ids.stream().map(purchases::trainer)).hasSize(count).doesNotHaveDuplicates();
    assertThat(ids)
        .allMatch(
            id -> purchases.events(id).equals(List.of("purchase.created", "trainer.allocated")));
  }

  @Test
  void changesNothingTheSecondTime() {
    TestTrainer.teaching(course).in(database);
    List<UUID> ids = created(purchases.requests(2, course));
    assertThat(purchases.allocate(ids)).hasSize(1);
    Map<String, List<String>> after = database.contents();

    assertThat(purchases.allocate(ids)).hasSize(1);

    assertThat(database.contents()).isEqualTo(after);
  }

  @Test
  void changesNothingBesideItself() {
    IntStream.range(0, 60).forEach(_ -> TestTrainer.teaching(course).upTo(2).in(database));
    List<UUID> ids = created(purchases.requests(50, course));

    assertThat(atOnce(4, () -> purchases.allocate(ids))).allMatch(Map::isEmpty);

    assertThat(purchases.count("allocation")).isEqualTo(50);
    assertThat(purchases.count("event where type = 'trainer.allocated'")).isEqualTo(50);
  }

  @Test
  void takesOnlyWhoTeachesTheCourse() {
    TestTrainer.teaching(purchases.course()).in(database);
    UUID id = purchases.request(course, "10:00");
    created(List.of(id));

    assertThat(purchases.allocate(List.of(id))).containsExactly(entry(id, Reason.NO_TRAINER));
    assertThat(purchases.splitOff()).containsExactly(id);
    assertThat(waitsForTrainer(id)).isTrue();

    UUID qualified = TestTrainer.teaching(course).in(database);
    assertThat(purchases.allocate(List.of(id))).isEmpty();
    assertThat(purchases.trainer(id)).isEqualTo(qualified);
    assertThat(waitsForTrainer(id)).isFalse();
  }

  @Test
  void remembersSinceWhenAPurchaseWaits() {
    UUID id = purchases.request(course, "10:00");
    created(List.of(id));
    purchases.allocate(List.of(id));
    purchases.clock.set("2026-11-20T09:15:00Z");
    purchases.allocate(List.of(id));

    assertThat(
            purchases.count(
                "purchase where waiting_for_trainer_since = '" + TestPurchases.FRIDAY + "'"))
        .isEqualTo(1);
    database.admin().execute("update purchase set waiting_for_trainer_since = now()");
  }

  @Test
  void neverGoesOverCapacity() {
    UUID small = TestTrainer.teaching(course).upTo(2).in(database);
    List<UUID> ids = created(List.of(at("08:00"), at("09:00"), at("11:00")));

    assertThat(purchases.allocate(ids)).containsExactly(entry(ids.get(2), Reason.NO_TRAINER));
    assertThat(TestTrainer.load(database, small)).isEqualTo(2);
    TestTrainer.teaching(course).upTo(0).in(database);
    assertThat(purchases.allocate(ids)).containsOnlyKeys(ids.get(2));
  }

  @Test
  void takesTheLeastLoadedFirst() {
    UUID busy = TestTrainer.teaching(course).in(database);
    created(List.of(at("07:00"))).forEach(id -> purchases.allocate(List.of(id)));
    UUID idle = TestTrainer.teaching(course).in(database);

    UUID id = created(List.of(at("10:00"))).getFirst();
    purchases.allocate(List.of(id));

    assertThat(purchases.trainer(id)).isEqualTo(idle).isNotEqualTo(busy);
  }

  @Test
  void amongEquallyLoadedTheLongestIdleIsNext() {
    UUID one = TestTrainer.teaching(course).in(database);
    UUID two = TestTrainer.teaching(course).in(database);
    UUID three = TestTrainer.teaching(course).in(database);
    idleSince(one, "2026-11-02");
    idleSince(two, "2026-11-01");
    List<UUID> ids = created(List.of(at("08:00"), at("09:00"), at("10:00"), at("11:00")));

    purchases.allocate(ids);

    assertThat(ids.stream().map(purchases::trainer))
        .as("who never had anybody first, then by the last time, then round again")
        .containsExactly(three, two, one, three);
  }

  @Test
  void sharesTheLoadEvenly() {
    List<UUID> trainers =
        IntStream.range(0, 5).mapToObj(_ -> TestTrainer.teaching(course).in(database)).toList();
    List<UUID> ids =
        created(IntStream.range(6, 21).mapToObj(h -> at(LocalTime.of(h, 0).toString())).toList());

    assertThat(purchases.allocate(ids)).isEmpty();

    assertThat(trainers).allMatch(trainer -> TestTrainer.load(database, trainer) == 3);
  }

  @ParameterizedTest
  @CsvSource({
    "10:00, 60, 10:00, 60, false",
    "10:00, 60, 10:59, 60, false",
    "10:00, 60, 11:00, 60, true",
    "10:00, 60, 09:01, 60, false",
    "10:00, 60, 09:00, 60, true",
    "10:30, 30, 09:00, 120, false",
    "09:00, 120, 10:30, 30, false",
    "09:00, 120, 11:00, 30, true",
    "23:30, 60, 00:00, 60, false",
    "00:00, 60, 23:30, 60, false",
    "23:30, 60, 00:30, 60, true",
    "23:30, 60, 22:30, 60, true",
    "18:00, 720, 05:59, 30, false",
    "18:00, 720, 06:00, 30, true",
  })
  void aTrainerHasOneStudentAtATimeOfDay(
      String first, int minutes, String second, int otherMinutes, boolean free) {
    UUID held = TestCourse.ofSessions(20).ofMinutes(minutes).in(database);
    UUID wanted = TestCourse.ofSessions(20).ofMinutes(otherMinutes).in(database);
    TestTrainer.teaching(held, wanted).in(database);
    UUID one = created(List.of(purchases.request(held, first))).getFirst();
    UUID two = created(List.of(purchases.request(wanted, second))).getFirst();
    assertThat(purchases.allocate(List.of(one))).isEmpty();

    assertThat(purchases.allocate(List.of(two)).isEmpty()).isEqualTo(free);

    assertThat(waitsForTrainer(two)).isEqualTo(!free);
  }

  @Test
  void timesOfDayAreComparedAcrossZones() {
    TestTrainer.teaching(course).in(database);
    UUID vienna = in("Europe/Vienna", "11:00");
    UUID newYork = in("America/New_York", "05:00");
    UUID tokyo = in("Asia/Tokyo", "19:00");
    created(List.of(vienna, newYork, tokyo));

    assertThat(purchases.allocate(List.of(vienna, newYork, tokyo)))
        .as("11:00 in Vienna is 10:00 UTC, as is 05:00 in New York and 19:00 in Tokyo")
        .containsOnlyKeys(newYork, tokyo);
  }

  @Test
  void passesOverATrainerWhoNeverTeachesAtThatTime() {
    TestTrainer.teaching(course).daily("14:00", "18:00").in(database);
    UUID late = TestTrainer.teaching(course).daily("08:00", "12:00").in(database);
    created(List.of(at("15:00"))).forEach(id -> purchases.allocate(List.of(id)));
    idleSince(late, "2026-11-19");
    UUID id = created(List.of(at("10:00"))).getFirst();

    assertThat(purchases.allocate(List.of(id))).isEmpty();

    assertThat(purchases.trainer(id)).isEqualTo(late);
  }

  @Test
  void passesOverATrainerWhoIsAwayForFourWeeks() {
    TestTrainer away = TestTrainer.teaching(course);
    for (int day = 1; day <= 28; day++) {
      away = away.awayOn(LocalDate.parse("2026-11-20").plusDays(day).toString());
    }
    away.in(database);
    UUID id = created(List.of(at("10:00"))).getFirst();

    assertThat(purchases.allocate(List.of(id))).containsExactly(entry(id, Reason.NO_TRAINER));
  }

  @Test
  void neverGivesMoreThanThereIsUnderConcurrency() {
    // 40 trainers of 5 places are 200; 240 ask, at hours that leave each trainer room.
    IntStream.range(0, 40).forEach(_ -> TestTrainer.teaching(course).upTo(5).in(database));
    List<UUID> ids =
        created(
            IntStream.range(0, 240).mapToObj(n -> at(LocalTime.of(n % 24, 0).toString())).toList());
    var batches = new ArrayList<Callable<Map<UUID, Reason>>>();
    for (int from = 0; from < 240; from += 60) {
      List<UUID> mine = ids.subList(from, from + 60);
      batches.add(() -> {
        var refused = purchases.allocate(mine.subList(0, 30));
        refused.putAll(purchases.allocate(mine.subList(30, 60)));
        return refused;
      });
    }

    var refused = atOnce(batches);

    assertThat(refused.stream().mapToInt(Map::size).sum()).isEqualTo(40);
    assertThat(refused).allMatch(r -> r.values().stream().allMatch(Reason.NO_TRAINER::equals));
    assertThat(purchases.count("allocation")).isEqualTo(200);
    assertThat(purchases.count("trainer where load <> capacity")).isZero();
  }

  @Test
  void saysWhatHasEnded() {
    TestTrainer.teaching(course).in(database);
    UUID id = created(List.of(at("10:00"))).getFirst();
    purchases.cancel(List.of(id));

    assertThat(purchases.allocate(List.of(id))).containsExactly(entry(id, Reason.ENDED));
    assertThat(purchases.count("allocation")).isZero();
    assertThat(purchases.splitOff()).isEmpty();
  }

  private UUID at(String time) {
    return purchases.request(course, time);
  }

  private UUID in(String zone, String time) {
    return TestRequest.of(TestStudent.living(zone).preferring(time).in(database), course)
        .in(database);
  }

  private List<UUID> created(List<UUID> ids) {
    for (int from = 0; from < ids.size(); from += 50) {
      purchases.create(ids.subList(from, Math.min(from + 50, ids.size())));
    }
    return ids;
  }

  private boolean waitsForTrainer(UUID id) {
    return purchases.count(
            "purchase where waiting_for_trainer_since is not null and id = '" + id + "'")
        == 1;
  }

  private void idleSince(UUID trainer, String day) {
    database
        .dsl()
        .execute(
            "update trainer set last_allocated_at = ?::timestamptz where vendor_id = ?",
            day,
            trainer);
  }
}
