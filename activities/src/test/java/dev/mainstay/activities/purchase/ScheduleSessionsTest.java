package dev.mainstay.activities.purchase;

import static dev.mainstay.activities.purchase.TestPurchases.FIRST_SEVEN;
import static dev.mainstay.activities.purchase.TestPurchases.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.mainstay.db.testing.TestCourse;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestRequest;
import dev.mainstay.db.testing.TestStudent;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleSessionsTest {

  private final TestPurchases purchases = new TestPurchases();
  private final TestDatabase database = purchases.database;
  private final UUID course = purchases.course();

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    purchases.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50})
  void schedulesAWeekOfSessionsForEach(int count) {
    IntStream.range(0, count).forEach(_ -> TestTrainer.teaching(course).upTo(1).in(database));
    List<UUID> ids = purchases.requests(count, course);

    assertThat(purchases.carry(ids)).isEmpty();

    assertThat(ids).allMatch(id -> purchases.days(id).equals(FIRST_SEVEN));
    assertThat(ids).allMatch(id -> purchases.status(id).equals("active"));
    assertThat(ids)
        .allMatch(id ->
            purchases
                .events(id)
                .equals(List.of("purchase.created", "trainer.allocated", "sessions.scheduled")));
    assertThat(
            purchases.count(
                "course_session where ends_at - starts_at = interval '1 hour' and total = 20"))
        .isEqualTo(7 * count);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50})
  void changesNothingTheSecondTime(int count) {
    IntStream.range(0, count).forEach(_ -> TestTrainer.teaching(course).upTo(1).in(database));
    List<UUID> ids = purchases.requests(count, course);
    purchases.carry(ids);
    Map<String, List<String>> after = database.contents();

    assertThat(purchases.carry(ids)).isEmpty();

    assertThat(database.contents()).isEqualTo(after);
  }

  @Test
  void changesNothingBesideItself() {
    IntStream.range(0, 50).forEach(_ -> TestTrainer.teaching(course).upTo(1).in(database));
    List<UUID> ids = purchases.requests(50, course);
    purchases.create(ids);
    purchases.allocate(ids);

    assertThat(atOnce(4, () -> purchases.schedule(ids))).allMatch(Map::isEmpty);

    assertThat(purchases.count("course_session")).isEqualTo(350);
    assertThat(purchases.count("event where type = 'sessions.scheduled'")).isEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource({
    // On Friday noon it is Saturday in Auckland; at 03:00 UTC on Monday it is Sunday in Los
    // Angeles.
    "Pacific/Auckland, 2026-11-20T12:00:00Z, 2026-11-23",
    "Pacific/Auckland, 2026-11-22T12:00:00Z, 2026-11-24",
    "America/Los_Angeles, 2026-11-23T03:00:00Z, 2026-11-23",
    "America/Los_Angeles, 2026-11-23T09:00:00Z, 2026-11-24",
    "UTC, 2026-11-23T23:59:59Z, 2026-11-24",
  })
  void beginsTomorrowInTheStudentsZone(String zone, String now, String first) {
    purchases.clock.set(now);
    TestTrainer.teaching(course).in(database);
    UUID id = TestRequest.of(TestStudent.living(zone).in(database), course).in(database);

    assertThat(purchases.carry(List.of(id))).isEmpty();

    assertThat(purchases.days(id)).first().isEqualTo(first);
    assertThat(purchases.sessions(id))
        .allMatch(session -> session.substring(11, 16).equals("10:00"));
  }

  @Test
  void givesNoMoreThanTheCourseHas() {
    UUID three = TestCourse.ofSessions(3).in(database);
    TestTrainer.teaching(three).in(database);

    UUID id = purchases.active(three);

    assertThat(purchases.days(id)).isEqualTo(FIRST_SEVEN.subList(0, 3));
  }

  @Test
  void fillsUpToSevenFutureOnesAndNeverBeyondTheCourse() {
    UUID nine = TestCourse.ofSessions(9).in(database);
    TestTrainer.teaching(nine).in(database);
    UUID id = purchases.active(nine);

    purchases.clock.set("2026-11-24T12:00:00Z");
    assertThat(purchases.schedule(List.of(id))).isEmpty();
    assertThat(purchases.days(id)).hasSize(9).endsWith("2026-12-01", "2026-12-02", "2026-12-03");

    purchases.clock.set("2026-12-01T12:00:00Z");
    assertThat(purchases.schedule(List.of(id))).isEmpty();
    assertThat(purchases.days(id)).hasSize(9);
  }

  @Test
  void makesUpACancelledSessionOnAnotherDay() {
    TestTrainer.teaching(course).in(database);
    UUID id = purchases.active(course);
    database
        .dsl()
        .execute(
            "update course_session set status = 'cancelled' where scheduled_date = '2026-11-25'");

    assertThat(purchases.schedule(List.of(id))).isEmpty();

    assertThat(purchases.days(id)).hasSize(7).doesNotContain("2026-11-25").contains("2026-12-02");
  }

  @Test
  void skipsTheTrainersHolidays() {
    TestTrainer.teaching(course).awayOn("2026-11-24").awayOn("2026-11-30").in(database);

    UUID id = purchases.active(course);

    assertThat(purchases.days(id))
        .containsExactly(
            "2026-11-23",
            "2026-11-25",
            "2026-11-26",
            "2026-11-27",
            "2026-12-01",
            "2026-12-02",
            "2026-12-03");
  }

  @Test
  void holidaysAreOfTheTrainersZone() {
    // 18:00 in New York is 23:00 UTC, and 08:00 of the next day in Tokyo.
    TestTrainer.teaching(course).living("Asia/Tokyo").awayOn("2026-11-25").in(database);
    UUID id = student("America/New_York", "18:00");

    purchases.carry(List.of(id));

    assertThat(purchases.days(id)).doesNotContain("2026-11-24").contains("2026-11-25");
  }

  @Test
  void aSessionThatRunsIntoAHolidayIsSkipped() {
    TestTrainer.teaching(course).awayOn("2026-11-25").in(database);
    UUID into = student("UTC", "23:30");
    UUID upTo = student("UTC", "12:00");

    purchases.carry(List.of(into, upTo));

    assertThat(purchases.days(into)).doesNotContain("2026-11-24", "2026-11-25");
    assertThat(purchases.days(upTo)).contains("2026-11-24").doesNotContain("2026-11-25");
  }

  @Test
  void teachesOnlyOnTheDaysOfTheTrainersHours() {
    TestTrainer.teaching(course)
        .on(DayOfWeek.TUESDAY, "09:00", "11:00")
        .on(DayOfWeek.THURSDAY, "10:00", "11:00")
        .on(DayOfWeek.FRIDAY, "10:30", "12:00")
        .in(database);

    UUID id = purchases.active(course);

    assertThat(purchases.days(id))
        .startsWith("2026-11-24", "2026-11-26", "2026-12-01", "2026-12-03")
        .hasSize(7);
  }

  @ParameterizedTest
  @CsvSource({
    "09:00, 10:59, false",
    "10:00, 11:00, true",
    "10:01, 12:00, false",
    "00:00, 24:00, true",
  })
  void aSessionLiesInsideTheHours(String from, String to, boolean inside) {
    TestTrainer.teaching(course).daily(from, to).in(database);
    UUID id = student("UTC", "10:00");

    assertThat(purchases.carry(List.of(id)).isEmpty()).isEqualTo(inside);
  }

  @Test
  void hoursMayLastUntilTheEndOfTheDay() {
    TestTrainer.teaching(course).daily("22:00", "24:00").in(database);
    UUID fits = student("UTC", "23:00");
    UUID tooLate = student("UTC", "23:01");
    TestTrainer.teaching(course).daily("22:00", "24:00").in(database);

    assertThat(purchases.carry(List.of(fits, tooLate)))
        .containsExactly(entry(tooLate, Reason.NO_TRAINER));
    assertThat(purchases.days(fits)).isEqualTo(FIRST_SEVEN);
  }

  @Test
  void hoursThatTouchAreOneStretch() {
    TestTrainer.teaching(course).daily("09:00", "10:30").daily("10:30", "12:00").in(database);
    assertThat(purchases.days(purchases.active(course))).isEqualTo(FIRST_SEVEN);

    UUID night = purchases.course();
    TestTrainer.teaching(night).daily("22:00", "24:00").daily("00:00", "02:00").in(database);
    UUID id =
        TestRequest.of(TestStudent.living("UTC").preferring("23:30").in(database), night)
            .in(database);
    assertThat(purchases.carry(List.of(id))).isEmpty();
  }

  @Test
  void hoursAreOfTheTrainersZone() {
    // 10:00 in Vienna is 18:00 in Tokyo.
    TestTrainer.teaching(course).living("Asia/Tokyo").daily("18:00", "19:00").in(database);
    UUID id = student("Europe/Vienna", "10:00");

    assertThat(purchases.carry(List.of(id))).isEmpty();

    assertThat(purchases.sessions(id).getFirst())
        .isEqualTo("2026-11-23 10:00 2026-11-23T09:00:00Z");
  }

  @Test
  void weekendsAreTheStudentsAndWeekdaysOfHoursTheTrainers() {
    // Friday evening in New York is Saturday morning in Tokyo.
    TestTrainer.teaching(course)
        .living("Asia/Tokyo")
        .on(DayOfWeek.SATURDAY, "00:00", "24:00")
        .in(database);
    UUID id = student("America/New_York", "20:00");

    purchases.carry(List.of(id));

    assertThat(purchases.days(id))
        .hasSize(7)
        .allMatch(day -> LocalDate.parse(day).getDayOfWeek() == DayOfWeek.FRIDAY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"09:30", "10:00", "10:30"})
  void skipsDaysOnWhichTheTrainerIsTakenAtTheTime(LocalTime other) {
    assertThat(daysAtTenBesideLessonsAt(other))
        .containsExactly(
            "2026-11-23",
            "2026-11-25",
            "2026-11-27",
            "2026-11-30",
            "2026-12-01",
            "2026-12-02",
            "2026-12-03");
  }

  @ParameterizedTest
  @ValueSource(strings = {"09:00", "11:00"})
  void lessonsMayTouch(LocalTime other) {
    assertThat(daysAtTenBesideLessonsAt(other)).isEqualTo(FIRST_SEVEN);
  }

  @Test
  void studentsWhomAChangeOfClocksBringsTogetherAreKeptApart() {
    // 10:00 in Vienna is 09:00 UTC until Friday the 26th, and 08:00 UTC from Monday the 29th on.
    purchases.clock.set("2027-03-24T12:00:00Z");
    TestTrainer.teaching(course).in(database);
    UUID london = student("UTC", "08:00");
    UUID vienna = student("Europe/Vienna", "10:00");

    assertThat(purchases.carry(List.of(london, vienna))).isEmpty();

    assertThat(purchases.days(london)).hasSize(7).endsWith("2027-04-01", "2027-04-02");
    assertThat(purchases.sessions(vienna))
        .startsWith(
            "2027-03-25 10:00 2027-03-25T09:00:00Z", "2027-03-26 10:00 2027-03-26T09:00:00Z")
        .contains("2027-04-05 10:00 2027-04-05T08:00:00Z")
        .hasSize(7);
  }

  @Test
  void aTimeThatAChangeOfClocksSkipsMovesByTheGap() {
    // In Jerusalem the clocks go forward on Friday the 26th of March 2027 at 02:00.
    purchases.clock.set("2027-03-24T12:00:00Z");
    TestTrainer.teaching(course).in(database);
    UUID id = student("Asia/Jerusalem", "02:30");

    assertThat(purchases.carry(List.of(id))).isEmpty();

    assertThat(purchases.sessions(id))
        .startsWith(
            "2027-03-25 02:30 2027-03-25T00:30:00Z",
            "2027-03-26 03:30 2027-03-26T00:30:00Z",
            "2027-03-29 02:30 2027-03-28T23:30:00Z");
  }

  @Test
  void anAmbiguousTimeIsTheEarlier() {
    // In Cairo the clocks go back at the end of Thursday the 29th of October 2026.
    purchases.clock.set("2026-10-27T12:00:00Z");
    TestTrainer.teaching(course).in(database);
    UUID id = student("Africa/Cairo", "23:30");

    assertThat(purchases.carry(List.of(id))).isEmpty();

    assertThat(purchases.sessions(id))
        .startsWith(
            "2026-10-28 23:30 2026-10-28T20:30:00Z",
            "2026-10-29 23:30 2026-10-29T20:30:00Z",
            "2026-10-30 23:30 2026-10-30T21:30:00Z");
  }

  @Test
  void aTrainerWithoutADayForThreeMonthsIsARefusal() {
    UUID trainer = TestTrainer.teaching(course).in(database);
    UUID id = student("UTC", "10:00");
    purchases.create(List.of(id));
    purchases.allocate(List.of(id));
    database.dsl().execute("insert into trainer_hours values (?, 7, '10:00', '11:00')", trainer);

    assertThat(purchases.schedule(List.of(id))).containsExactly(entry(id, Reason.NO_SESSION));

    assertThat(purchases.status(id)).isEqualTo("pending");
    assertThat(purchases.splitOff()).containsExactly(id);
    purchases.cancel(List.of(id));
  }

  @Test
  void aChangeOfTheCourseDoesNotChangeWhatWasBought() {
    UUID id = student("UTC", "10:00");
    purchases.create(List.of(id));
    assertThat(purchases.allocate(List.of(id))).hasSize(1);
    database.admin().execute("update course set sessions = 2, session_minutes = 30");
    TestTrainer.teaching(course).in(database);

    purchases.allocate(List.of(id));
    purchases.schedule(List.of(id));

    assertThat(
            purchases.count(
                "course_session where ends_at - starts_at = interval '1 hour' and total = 20"))
        .isEqualTo(7);
  }

  /** The days of a student at 10:00 whose trainer has other lessons on the 24th and the 26th. */
  private List<String> daysAtTenBesideLessonsAt(LocalTime other) {
    UUID trainer = TestTrainer.teaching(course).in(database);
    purchases.carry(List.of(student("UTC", "20:00")));
    database
        .dsl()
        .execute(
            """
            update course_session
            set starts_at = (scheduled_date + ?) at time zone 'UTC', ends_at = (scheduled_date + ?) at time zone 'UTC'
            where trainer_id = ? and scheduled_date in ('2026-11-24', '2026-11-26')
            """,
            other,
            other.plusHours(1),
            trainer);
    UUID id = student("UTC", "10:00");
    assertThat(purchases.carry(List.of(id))).isEmpty();
    return purchases.days(id);
  }

  private UUID student(String zone, String time) {
    return TestRequest.of(TestStudent.living(zone).preferring(time).in(database), course)
        .in(database);
  }
}
