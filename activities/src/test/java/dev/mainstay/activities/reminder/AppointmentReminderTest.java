package dev.mainstay.activities.reminder;

import static dev.mainstay.activities.purchase.TestPurchases.atOnce;
import static dev.mainstay.db.generated.Tables.CONSENT;
import static dev.mainstay.db.generated.Tables.MESSAGE;
import static dev.mainstay.workflows.notification.Channel.EMAIL;
import static dev.mainstay.workflows.notification.Channel.PUSH;
import static dev.mainstay.workflows.notification.Channel.SMS;
import static dev.mainstay.workflows.reminder.Reminder.APPOINTMENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.purchase.TestPurchases;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestBooking;
import dev.mainstay.db.testing.TestClock;
import dev.mainstay.db.testing.TestCourse;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.workflows.page.Counts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reminders of what starts on Tuesday, by default at noon on Monday. */
class AppointmentReminderTest {

  private static final String NOON = "2026-11-23T12:00:00Z";
  private static final String IN_WINDOW = "2026-11-24T11:30:00Z";

  private final TestPurchases purchases = new TestPurchases();
  private final TestDatabase database = purchases.database();
  private final TestClock clock = purchases.clock;
  private final TestReminders reminders = new TestReminders(database.dsl(), clock, 500);
  private final UUID customer = TestReminders.customer(database, "UTC", EMAIL, SMS, PUSH);

  AppointmentReminderTest() {
    clock.set(NOON);
  }

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    purchases.close();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T11:00:01Z, true",
    "2026-11-24T12:00:00Z, true",
    "2026-11-24T12:00:01Z, false",
  })
  void whatStartsInADayIsToldOnEveryChannel(String start, boolean told) {
    UUID id = booking(start);

    reminders.sweep(APPOINTMENT);

    assertThat(reminders.messages(id))
        .isEqualTo(
            told
                ? List.of(
                    "email sent appointment-reminder",
                    "push sent appointment-reminder",
                    "sms sent appointment-reminder")
                : List.of());
    assertThat(reminders.sent).hasSize(told ? 3 : 0);
  }

  @Test
  void howeverOftenItIsAskedItIsToldOnce() {
    UUID id = booking(IN_WINDOW);
    reminders.sweep(APPOINTMENT);
    Map<String, List<String>> after = database.contents();

    assertThat(reminders.sweep(APPOINTMENT)).isEqualTo(Counts.NONE);
    atOnce(4, () -> reminders.sweep(APPOINTMENT));

    assertThat(database.contents()).isEqualTo(after);
    assertThat(reminders.messages(id)).hasSize(3);
    assertThat(reminders.sent).hasSize(3);
  }

  @Test
  void whatIsWrittenAtOnceIsWrittenOnce() {
    IntStream.range(0, 20).forEach(_ -> booking(IN_WINDOW));

    atOnce(4, () -> reminders.write(APPOINTMENT));
    // what one passed over because another held it is the next one's
    reminders.sweep(APPOINTMENT);

    assertThat(reminders.sent).hasSize(60).doesNotHaveDuplicates();
  }

  @Test
  void withoutConsentNothingIsToldAndItIsSaidWhy() {
    UUID some = booking(IN_WINDOW, TestReminders.customer(database, "UTC", SMS));
    UUID none = booking(IN_WINDOW, TestReminders.customer(database, "UTC"));

    reminders.sweep(APPOINTMENT);

    assertThat(reminders.messages(some))
        .containsExactly(
            "email suppressed no-consent",
            "push suppressed no-consent",
            "sms sent appointment-reminder");
    assertThat(reminders.messages(none))
        .containsExactly(
            "email suppressed no-consent",
            "push suppressed no-consent",
            "sms suppressed no-consent");
  }

  @Test
  void whatWasMissedIsMadeUpUnlessItHasStarted() {
    UUID missed = booking("2026-11-23T13:00:00Z");
    UUID started = booking(NOON);

    reminders.sweep(APPOINTMENT);

    assertThat(reminders.messages(missed)).hasSize(3).allMatch(m -> m.contains("sent"));
    assertThat(reminders.messages(started)).isEmpty();
  }

  /** The run was meant for noon, and comes two hours late. */
  @Test
  void aRunThatComesLateComputesTheSameWindow() {
    UUID soon = booking("2026-11-23T14:00:00Z");
    UUID meant = booking("2026-11-24T12:00:00Z");
    UUID next = booking("2026-11-24T13:00:00Z");
    clock.set("2026-11-23T14:00:00Z");

    reminders.sweep(APPOINTMENT, Instant.parse(NOON));

    assertThat(reminders.messages(soon)).as("it has started").isEmpty();
    assertThat(reminders.messages(meant)).hasSize(3);
    assertThat(reminders.messages(next)).isEmpty();
  }

  /** A customer who booked that late has just received the confirmation. */
  @ParameterizedTest
  @CsvSource({
    "2026-11-24T11:00:00Z, 2026-11-23T11:00:01Z, suppressed",
    "2026-11-24T11:00:00Z, 2026-11-23T11:00:00Z, sent",
    "2026-11-23T20:00:00Z, 2026-11-23T11:59:00Z, suppressed",
    // events in the window are reminded of, whenever they were booked
    "2026-11-24T11:30:00Z, 2026-11-23T11:59:00Z, sent",
  })
  void whoBookedLessThanADayAheadIsNotReminded(String start, String takenIn, String status) {
    UUID id = TestBooking.startingAt(start).receivedAt(takenIn).of(customer).in(database);

    reminders.sweep(APPOINTMENT);

    assertThat(reminders.messages(id)).hasSize(3).allMatch(m -> m.contains(status));
  }

  @Test
  void whatIsCancelledCompletedOrImportedIsNotTold() {
    UUID cancelled = booking(IN_WINDOW);
    UUID completed = booking(IN_WINDOW);
    UUID imported = TestBooking.startingAt(IN_WINDOW).of(customer).fromElsewhere().in(database);
    cancel(cancelled);
    complete(completed);

    reminders.sweep(APPOINTMENT);

    assertThat(List.of(cancelled, completed, imported))
        .allSatisfy(id -> assertThat(reminders.messages(id)).isEmpty());
  }

  /** Between being written and being sent. */
  @Test
  void theAppointmentIsReadAgainWhenItIsSent() {
    UUID cancelled = booking(IN_WINDOW);
    UUID completed = booking(IN_WINDOW);
    UUID moved = booking(IN_WINDOW);
    UUID withdrawn = booking(IN_WINDOW, TestReminders.customer(database, "UTC", EMAIL));
    UUID kept = booking(IN_WINDOW);
    reminders.write(APPOINTMENT);
    cancel(cancelled);
    complete(completed);
    database
        .dsl()
        .execute("update booking set starts_at = '2026-11-26T12:00Z' where id = ?", moved);
    database
        .dsl()
        .update(CONSENT)
        .set(CONSENT.GRANTED, false)
        .where(CONSENT.CUSTOMER_ID.ne(customer))
        .execute();

    reminders.send(APPOINTMENT, EMAIL);

    assertThat(reminders.messages(cancelled)).contains("email suppressed cancelled");
    assertThat(reminders.messages(completed)).contains("email suppressed completed");
    assertThat(reminders.messages(moved)).contains("email suppressed moved");
    assertThat(reminders.messages(withdrawn)).contains("email suppressed no-consent");
    assertThat(reminders.messages(kept)).contains("email sent appointment-reminder");
    assertThat(reminders.sent).hasSize(1);
    clock.set("2026-11-24T11:30:00Z");
    reminders.send(APPOINTMENT, PUSH);
    assertThat(reminders.messages(kept)).contains("push suppressed too-late");
  }

  @ParameterizedTest
  @CsvSource({
    // zone, when the run is, when the SMS is sent
    "Europe/Berlin,    2026-11-23T19:59:00Z, 2026-11-23T19:59:00Z",
    "Europe/Berlin,    2026-11-23T20:00:00Z, 2026-11-24T07:00:00Z",
    "Europe/Berlin,    2026-11-24T06:59:00Z, 2026-11-24T07:00:00Z",
    "Asia/Kathmandu,   2026-11-23T15:15:00Z, 2026-11-24T02:15:00Z",
    // the night in which the clocks go forward, and the one in which they go back
    "Europe/Berlin,    2027-03-27T22:00:00Z, 2027-03-28T06:00:00Z",
    "Europe/Berlin,    2026-10-24T21:00:00Z, 2026-10-25T07:00:00Z",
    "America/New_York, 2026-11-01T05:30:00Z, 2026-11-01T13:00:00Z",
  })
  void anSmsWaitsForTheMorning(String zone, String run, String sent) {
    clock.set(run);
    Instant start = clock.instant().plusSeconds(23 * 3600 + 1800);
    UUID id = booking(start.toString(), TestReminders.customer(database, zone, EMAIL, SMS, PUSH));

    reminders.sweep(APPOINTMENT);

    assertThat(reminders.messages(id)).contains("email sent appointment-reminder");
    if (run.equals(sent)) {
      assertThat(reminders.messages(id)).contains("sms sent appointment-reminder");
      return;
    }
    assertThat(reminders.messages(id)).contains("sms waiting quiet-hours");
    assertThat(
            database
                .dsl()
                .select(MESSAGE.HOLD_UNTIL)
                .from(MESSAGE)
                .where(MESSAGE.STATUS.eq("waiting"))
                .fetchSingle()
                .value1())
        .isEqualTo(sent);
    clock.set(Instant.parse(sent).minusSeconds(1).toString());
    reminders.sweep(APPOINTMENT);
    assertThat(reminders.messages(id)).contains("sms waiting quiet-hours");
    clock.set(sent);
    reminders.sweep(APPOINTMENT);
    assertThat(reminders.messages(id)).contains("sms sent appointment-reminder");
    assertThat(reminders.sent).hasSize(3);
  }

  /** Missed, and at half past seven in the morning it is too late for an SMS that must wait. */
  @Test
  void anSmsThatMakesNoSenseInTheMorningIsNotSent() {
    clock.set("2026-11-24T01:00:00Z");
    UUID id = booking("2026-11-24T07:30:00Z");

    reminders.sweep(APPOINTMENT);

    assertThat(reminders.messages(id))
        .containsExactly(
            "email sent appointment-reminder",
            "push sent appointment-reminder",
            "sms suppressed quiet-hours");
  }

  @Test
  void aDeadChannelHoldsUpNoOtherAndFailsAfterThreeTries() {
    UUID id = booking(IN_WINDOW);
    reminders.dead.add(SMS);

    Counts counts = reminders.sweep(APPOINTMENT);

    assertThat(reminders.messages(id))
        .containsExactly(
            "email sent appointment-reminder",
            "push sent appointment-reminder",
            "sms failed gateway away");
    assertThat(counts.byName()).containsEntry("failed", 1L).containsEntry("sent", 2L);
    assertThat(
            database
                .dsl()
                .fetchSingle("select tries from message where channel = 'sms'")
                .into(int.class))
        .isEqualTo(3);
    assertThat(database.dsl().fetchSingle("select count(*) from attention").into(int.class))
        .isZero();
  }

  @Test
  void whatAKilledHostLeftIsSentByTheNextRun() {
    UUID id = booking(IN_WINDOW);
    reminders.write(APPOINTMENT);

    clock.set("2026-11-23T13:00:00Z");
    reminders.sweep(APPOINTMENT);

    assertThat(reminders.messages(id)).hasSize(3).allMatch(m -> m.contains("sent"));
  }

  @Test
  void aCourseSessionIsAnAppointmentToo() {
    UUID purchase = purchaseOfWeek();
    UUID first = session(purchase, 1);
    // The first lesson is on Monday at 10:00.
    clock.set("2026-11-22T10:30:00Z");

    reminders.sweep(APPOINTMENT);

    assertThat(reminders.messages(first)).hasSize(3).allMatch(m -> m.contains("sent"));
    assertThat(reminders.messages(session(purchase, 2))).isEmpty();
  }

  @Test
  void aSessionThatIsMovedIsToldOfAgain() {
    UUID purchase = purchaseOfWeek();
    UUID first = session(purchase, 1);
    clock.set("2026-11-22T10:30:00Z");
    reminders.sweep(APPOINTMENT);

    Routines.rescheduleSession(
        database.dsl().configuration(),
        first,
        Instant.parse("2026-11-23T18:00:00Z"),
        clock.instant(),
        "c");
    reminders.sweep(APPOINTMENT);
    assertThat(reminders.messages(first)).as("not yet").hasSize(3);

    clock.set("2026-11-22T18:30:00Z");
    reminders.sweep(APPOINTMENT);
    reminders.sweep(APPOINTMENT);
    assertThat(reminders.messages(first)).hasSize(6);
    assertThat(reminders.sent).hasSize(6);
  }

  private UUID purchaseOfWeek() {
    clock.set(TestPurchases.FRIDAY);
    UUID course = TestCourse.ofSessions(20).in(database);
    TestTrainer.teaching(course).in(database);
    UUID purchase = purchases.active(course);
    UUID student = database.dsl().fetchSingle("select student_id from allocation").into(UUID.class);
    TestReminders.agree(database, student, EMAIL, SMS, PUSH);
    return purchase;
  }

  private UUID session(UUID purchase, int ordinal) {
    return database
        .dsl()
        .fetchSingle(
            "select c.id from course_session c join allocation a on a.id = c.allocation_id where a.purchase_id = ? and c.ordinal = ?",
            purchase,
            ordinal)
        .into(UUID.class);
  }

  private UUID booking(String start) {
    return booking(start, customer);
  }

  private UUID booking(String start, UUID of) {
    return TestBooking.startingAt(start).of(of).in(database);
  }

  private void cancel(UUID id) {
    Routines.cancelBooking(database.dsl().configuration(), id, "ill", clock.instant(), "c");
  }

  private void complete(UUID id) {
    Routines.completeBooking(
        database.dsl().configuration(),
        id,
        null,
        BigDecimal.valueOf(20),
        clock.instant(),
        "c",
        "backend");
  }
}
