package dev.mainstay.activities.notification;

import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.intake.WrittenBodies;
import dev.mainstay.activities.purchase.TestPurchases;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestCourse;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.workflows.notification.Channel;
import dev.mainstay.workflows.notification.NotificationSteps.Batch;
import dev.mainstay.workflows.notification.NotificationSteps.Notification;
import dev.mainstay.workflows.notification.NotificationSteps.Plan;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlanMessagesTest {

  private final TestPurchases purchases = new TestPurchases();
  private final TestDatabase database = purchases.database();
  private final NotificationStepsImpl steps =
      new NotificationStepsImpl(database.dsl(), database.transaction());
  private final UUID course = TestCourse.ofSessions(20).in(database);

  @AfterEach
  void close() {
    purchases.close();
  }

  @Test
  void aPurchaseThatGoesWellAnnouncesItselfOnceAndTellsStudentAndTrainer() {
    TestTrainer.teaching(course).in(database);
    UUID purchase = purchases.active(course);
    purchases.schedule(List.of(purchase));
    assertThat(announced()).containsExactly("sessions.scheduled/" + purchase);

    Plan plan = plan("sessions.scheduled", purchase);

    assertThat(plan.batches())
        .extracting(Batch::channel)
        .containsExactly(Channel.EMAIL, Channel.PUSH);
    assertThat(messages())
        .containsExactly(
            "new-student email vendor waiting sessions.scheduled",
            "new-student push vendor waiting sessions.scheduled",
            "payment-received email customer waiting sessions.scheduled",
            "purchase-confirmed email customer waiting sessions.scheduled",
            "purchase-confirmed push customer waiting sessions.scheduled",
            "sessions-planned email customer waiting sessions.scheduled",
            "sessions-planned push customer waiting sessions.scheduled");
    assertThat(announced()).isEmpty();
    WrittenBodies.assertMatchRecord(database.dsl(), "notification");
  }

  @Test
  void whoPaidNothingIsNotToldThatAPaymentCame() {
    TestTrainer.teaching(course).in(database);
    UUID purchase = purchases.free(course);

    plan("sessions.scheduled", purchase);

    assertThat(messages())
        .contains(
            "payment-received email customer suppressed nothing-paid",
            "purchase-confirmed email customer waiting sessions.scheduled")
        .hasSize(7);
  }

  @Test
  void aPlanThatIsMadeAgainIsTheSame() {
    TestTrainer.teaching(course).in(database);
    UUID purchase = purchases.active(course);

    assertThat(plan("sessions.scheduled", purchase))
        .isEqualTo(plan("sessions.scheduled", purchase));
  }

  @Test
  void whoWaitedForATrainerIsNotToldTwiceThatThePaymentCame() {
    UUID purchase = purchases.request(course, "10:00");
    purchases.create(List.of(purchase));
    purchases.allocate(List.of(purchase));
    plan("trainer.unavailable", purchase);
    assertThat(messages())
        .contains("no-trainer-yet email customer waiting trainer.unavailable")
        .hasSize(5);
    TestTrainer.teaching(course).in(database);
    purchases.allocate(List.of(purchase));
    purchases.schedule(List.of(purchase));

    plan("sessions.scheduled", purchase);

    assertThat(messages())
        .filteredOn(message -> message.startsWith("payment-received"))
        .containsExactly("payment-received email customer waiting trainer.unavailable");
    assertThat(messages()).hasSize(9);
  }

  @Test
  void anEndStopsWhatIsStillToBeSentButNotThatThePaymentCame() {
    TestTrainer.teaching(course).in(database);
    UUID purchase = purchases.active(course);
    plan("sessions.scheduled", purchase);

    purchases.cancel(List.of(purchase));

    assertThat(messages())
        .filteredOn(message -> message.contains("waiting"))
        .containsExactly("payment-received email customer waiting sessions.scheduled");
    plan("purchase.cancelled", purchase);
    assertThat(messages()).contains("student-gone email vendor waiting purchase.cancelled");
  }

  @Test
  void whatIsPlannedAfterTheEndIsStoppedToo() {
    TestTrainer.teaching(course).in(database);
    UUID purchase = purchases.active(course);
    purchases.cancel(List.of(purchase));

    Plan plan = plan("sessions.scheduled", purchase);

    assertThat(plan.batches()).extracting(batch -> batch.messages().size()).containsExactly(1);
    assertThat(messages()).contains("sessions-planned email customer suppressed cancelled");
  }

  @Test
  void whoHasWithdrawnConsentForAChannelIsToldNothingOnIt() {
    TestTrainer.teaching(course).in(database);
    UUID purchase = purchases.active(course);
    UUID student = database.dsl().fetchSingle(PURCHASE, PURCHASE.ID.eq(purchase)).getStudentId();
    Routines.withdrawConsent(database.dsl().configuration(), student, "push");

    plan("sessions.scheduled", purchase);

    assertThat(messages())
        .contains(
            "sessions-planned push customer suppressed no-consent",
            "sessions-planned email customer waiting sessions.scheduled",
            "new-student push vendor waiting sessions.scheduled");
  }

  @Test
  void nobodyIsToldOfWhatNobodyKnows() {
    assertThat(plan("sessions.scheduled", new UUID(0, 1)).batches()).isEmpty();
  }

  @Test
  void whatWasSentInPartIsHandedBackAndTheRestIsNot() {
    TestTrainer.teaching(course).in(database);
    TestTrainer.teaching(course).in(database);
    List<UUID> both = List.of(purchases.active(course), purchases.active(course));
    purchases.schedule(both);
    List<UUID> intakes =
        both.stream().map(purchase -> intake("sessions.scheduled", purchase)).toList();
    database
        .dsl()
        .execute("update intake set claim_id = new_id(), claims = 1, leased_until = now()");
    assertThat(steps.planAll(intakes).batches())
        .extracting(batch -> batch.messages().size())
        .containsExactly(8, 6);
    database
        .dsl()
        .execute(
            "update message set status = 'sent', sent_at = now() where subject_id = ? or channel = 'email'",
            both.getFirst());

    assertThat(steps.requeue(intakes)).isEqualTo(1);

    assertThat(announced()).containsExactly("sessions.scheduled/" + both.getLast());
    assertThat(plan("sessions.scheduled", both.getLast()).batches())
        .extracting(Batch::channel)
        .containsExactly(Channel.PUSH);
  }

  @Test
  void howOftenTheRestWasTriedIsTold() {
    TestTrainer.teaching(course).in(database);
    UUID purchase = purchases.active(course);
    purchases.schedule(List.of(purchase));
    assertThat(plan("sessions.scheduled", purchase).tried()).isZero();
    database.dsl().execute("update message set tries = 1 where channel = 'push'");

    assertThat(plan("sessions.scheduled", purchase).tried()).isEqualTo(1);
  }

  private Plan plan(String event, UUID subject) {
    return steps.plan(new Notification(intake(event, subject), event, subject, "corr-1"));
  }

  private UUID intake(String event, UUID subject) {
    return database
        .dsl()
        .select(INTAKE.BUSINESS_ID)
        .from(INTAKE)
        .where(INTAKE.KIND.eq("notification"), INTAKE.KEY.eq(event + "/" + subject))
        .fetchOptional(INTAKE.BUSINESS_ID)
        .orElse(new UUID(0, 0));
  }

  private List<String> announced() {
    return database
        .dsl()
        .select(INTAKE.KEY)
        .from(INTAKE)
        .where(INTAKE.KIND.eq("notification"), INTAKE.DONE_AT.isNull())
        .fetch(INTAKE.KEY);
  }

  /** As {@code kind channel recipient status reason}, in order. */
  private List<String> messages() {
    return database
        .dsl()
        .fetch(
            "select concat_ws(' ', kind, channel, recipient_kind, status, reason) as m from message order by 1")
        .getValues("m", String.class);
  }
}
