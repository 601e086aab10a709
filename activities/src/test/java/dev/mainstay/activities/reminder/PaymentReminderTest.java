package dev.mainstay.activities.reminder;

import static dev.mainstay.workflows.notification.Channel.EMAIL;
import static dev.mainstay.workflows.notification.Channel.SMS;
import static dev.mainstay.workflows.reminder.Reminder.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestBooking;
import dev.mainstay.db.testing.TestClock;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.notification.Channel;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reminders of payments, by default at noon on Monday. */
class PaymentReminderTest {

  private final TestDatabase database = TestDatabase.create();
  private final TestClock clock = new TestClock("2026-11-23T12:00:00Z");
  private final TestReminders reminders = new TestReminders(database.dsl(), clock, 500);
  private final UUID customer = TestReminders.customer(database, "UTC", EMAIL, SMS);

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    database.close();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T12:00:01Z,",
    "2026-11-24T12:00:00Z, payment-due-soon",
    "2026-11-23T12:00:01Z, payment-due-soon",
    "2026-11-23T12:00:00Z, payment-overdue",
    "2026-11-16T12:00:01Z, payment-overdue",
    "2026-11-16T12:00:00Z,",
  })
  void theStageIsThatOfTheTime(String due, @Nullable String kind) {
    UUID id = booking(due);

    reminders.sweep(PAYMENT);

    assertThat(told(id)).isEqualTo(kind == null ? List.of() : List.of(kind, kind));
    assertThat(reminders.messages(id)).allMatch(m -> m.endsWith("sent payment-reminder"));
  }

  @Test
  void eachStageIsToldOnce() {
    UUID id = booking("2026-11-24T12:00:00Z");

    reminders.sweep(PAYMENT);
    reminders.sweep(PAYMENT);
    assertThat(told(id)).containsExactly("payment-due-soon", "payment-due-soon");

    clock.set("2026-11-24T12:00:00Z");
    reminders.sweep(PAYMENT);
    reminders.sweep(PAYMENT);
    assertThat(told(id))
        .containsExactly(
            "payment-due-soon", "payment-due-soon", "payment-overdue", "payment-overdue");
    assertThat(reminders.sent).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void whatIsPaidOrCancelledOrImportedIsNotTold() {
    UUID paid = booking("2026-11-24T12:00:00Z");
    UUID cancelled = booking("2026-11-24T12:00:00Z");
    UUID imported =
        TestBooking.startingAt("2026-11-30T12:00:00Z")
            .of(customer)
            .dueAt("2026-11-24T12:00:00Z")
            .fromElsewhere()
            .in(database);
    pay(paid);
    Routines.cancelBooking(database.dsl().configuration(), cancelled, "ill", clock.instant(), "c");

    reminders.sweep(PAYMENT);

    assertThat(List.of(paid, cancelled, imported)).allSatisfy(id -> assertThat(told(id)).isEmpty());
  }

  @Test
  void aCompletedBookingIsStillToBePaid() {
    UUID id = booking("2026-11-23T10:00:00Z");
    Routines.completeBooking(
        database.dsl().configuration(),
        id,
        null,
        BigDecimal.valueOf(20),
        clock.instant(),
        "c",
        "backend");

    reminders.sweep(PAYMENT);

    assertThat(told(id)).containsExactly("payment-overdue", "payment-overdue");
  }

  @Test
  void theBookingIsReadAgainWhenItIsSent() {
    UUID paid = booking("2026-11-24T12:00:00Z");
    UUID due = booking("2026-11-24T12:00:00Z");
    reminders.write(PAYMENT);
    pay(paid);

    reminders.send(PAYMENT, EMAIL);
    assertThat(reminders.messages(paid)).contains("email suppressed paid");
    assertThat(reminders.messages(due)).contains("email sent payment-reminder");

    clock.set("2026-11-24T12:00:00Z");
    reminders.send(PAYMENT, SMS);
    assertThat(reminders.messages(due)).as("it is overdue now").contains("sms suppressed too-late");
  }

  @Test
  void withoutConsentNothingIsTold() {
    UUID id =
        TestBooking.startingAt("2026-11-30T12:00:00Z")
            .of(TestReminders.customer(database, "UTC", Channel.PUSH))
            .dueAt("2026-11-24T12:00:00Z")
            .in(database);

    reminders.sweep(PAYMENT);

    assertThat(reminders.messages(id))
        .containsExactly("email suppressed no-consent", "sms suppressed no-consent");
  }

  @Test
  void anSmsWaitsForTheMorning() {
    UUID id = booking("2026-11-24T12:00:00Z");
    clock.set("2026-11-23T21:00:00Z");

    reminders.sweep(PAYMENT);
    assertThat(reminders.messages(id))
        .containsExactly("email sent payment-reminder", "sms waiting quiet-hours");

    clock.set("2026-11-24T08:00:00Z");
    reminders.sweep(PAYMENT);
    assertThat(reminders.messages(id)).contains("sms sent payment-reminder");
  }

  private UUID booking(String due) {
    return TestBooking.startingAt("2026-11-30T12:00:00Z").of(customer).dueAt(due).in(database);
  }

  private void pay(UUID id) {
    Routines.payBooking(
        database.dsl().configuration(), id, null, null, false, null, clock.instant(), "c", "till");
  }

  private List<String> told(UUID booking) {
    return database
        .dsl()
        .fetch("select kind from message where subject_id = ? order by id", booking)
        .getValues(0, String.class);
  }

  /** The Schedule's nominal time does not matter here: payments are due by the clock. */
  @Test
  void aRunThatComesLateTellsTheStageOfToday() {
    UUID id = booking("2026-11-23T11:00:00Z");

    reminders.sweep(PAYMENT, Instant.parse("2026-11-23T10:00:00Z"));

    assertThat(told(id)).containsExactly("payment-overdue", "payment-overdue");
  }
}
