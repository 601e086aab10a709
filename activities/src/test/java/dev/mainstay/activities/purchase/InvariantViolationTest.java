package dev.mainstay.activities.purchase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestBooking;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestRequest;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.workflows.purchase.PurchaseSteps;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each rule finds its breach, made behind the application's back, and nothing before it. */
class InvariantViolationTest {

  private final TestPurchases purchases = new TestPurchases();
  private final TestDatabase database = purchases.database;
  private final UUID course = purchases.course();

  @BeforeEach
  void aTrainer() {
    TestTrainer.teaching(course).in(database);
  }

  @AfterEach
  void close() {
    purchases.close();
  }

  @Test
  void aRequestThatWasCarriedWithoutAPayment() {
    purchases.request(course, "10:00");
    assertThat(database.violations()).as("it still waits for its run").isEmpty();

    broken("update intake set done_at = now()");
    assertThat(database.violations()).as("it is under way").isEmpty();

    broken("update intake set done_at = now() - interval '6 minutes'");
    assertThat(database.violations()).containsExactly("request-without-payment");
  }

  @Test
  void aRequestThatWasGivenUpWithoutAWord() {
    purchases.request(course, "10:00");
    broken("update intake set claims = 3, claim_id = id, leased_until = now()");
    assertThat(database.violations()).isEmpty();

    broken("update intake set leased_until = now() - interval '6 minutes'");
    assertThat(database.violations()).containsExactly("request-without-payment");

    database.dsl().execute("select exhaust_intake('{purchase}')");
    assertThat(database.violations()).as("an operator has been told").isEmpty();

    broken("delete from attention");
    assertThat(database.violations()).containsExactly("request-without-payment");
  }

  @Test
  void aPaymentWithoutPurchase() {
    UUID unknown = TestRequest.of(database.newId(), course).in(database);
    purchases.create(List.of(unknown));
    assertThat(database.violations()).isEmpty();

    broken("update payment set recorded_at = recorded_at - interval '6 minutes'");
    assertThat(database.violations()).containsExactly("payment-without-purchase");

    purchases.cancel(List.of(unknown));
    assertThat(database.violations()).isEmpty();
  }

  @Test
  void aPaymentWithoutItsCharge() {
    purchases.active(course);
    broken("update transaction set amount_minor = amount_minor - 1");
    assertThat(database.violations()).containsExactly("payment-without-charge");

    broken("delete from transaction");
    assertThat(database.violations()).containsExactly("payment-without-charge");
  }

  @Test
  void aPurchaseWithoutItsInvoice() {
    purchases.active(course);
    broken("update invoice set currency = 'EUR'");
    assertThat(database.violations()).containsExactly("purchase-without-invoice");

    broken("delete from invoice");
    assertThat(database.violations()).containsExactly("purchase-without-invoice");
  }

  @Test
  void aPurchaseThatWaitsForNothing() {
    UUID id = purchases.request(course, "10:00");
    purchases.create(List.of(id));
    assertThat(database.violations()).isEmpty();

    broken("update purchase set created_at = now() - interval '6 minutes'");
    assertThat(database.violations()).containsExactly("purchase-without-trainer");

    broken("update purchase set waiting_for_trainer_since = " + afterTheWait(59));
    assertThat(database.violations()).containsExactly("trainer-wait-without-event");
    broken(
        "insert into event (type, subject_id, correlation_id) select 'trainer.unavailable', id, '' from purchase");
    assertThat(database.violations()).as("it waits for a trainer").isEmpty();

    broken("update purchase set waiting_for_trainer_since = " + afterTheWait(61));
    assertThat(database.violations())
        .as("after a day it has to be an attention item")
        .containsExactly("purchase-without-trainer");
  }

  @Test
  void aWaitForATrainerWhoIsThere() {
    purchases.active(course);
    broken("update purchase set waiting_for_trainer_since = now()");
    broken(
        "insert into event (type, subject_id, correlation_id) select 'trainer.unavailable', id, '' from purchase");
    assertThat(database.violations()).containsExactly("trainer-wait-obsolete");
  }

  @Test
  void anAllocationThatIsApprovedForEver() {
    purchases.active(course);
    broken("update allocation set status = 'approved', allocated_at = " + afterTheWait(59));
    assertThat(database.violations()).isEmpty();
    broken("update allocation set allocated_at = " + afterTheWait(61));
    assertThat(database.violations()).containsExactly("allocation-never-active");
  }

  @Test
  void aPurchaseThatStoppedBeforeItsSessions() {
    UUID id = purchases.request(course, "10:00");
    purchases.create(List.of(id));
    purchases.allocate(List.of(id));
    broken("update allocation set allocated_at = now()");
    assertThat(database.violations()).isEmpty();

    broken("update allocation set allocated_at = now() - interval '6 minutes'");
    assertThat(database.violations()).containsExactly("purchase-without-sessions");
  }

  @Test
  void anActivePurchaseWithoutSessions() {
    purchases.active(course);
    broken("delete from course_session");
    assertThat(database.violations()).containsExactly("purchase-without-sessions");
  }

  @Test
  void anActivePurchaseWithoutTrainer() {
    purchases.active(course);
    broken("update purchase set created_at = now() - interval '6 minutes'");
    broken("delete from course_session");
    broken("delete from allocation");
    broken("update trainer set load = 0");
    assertThat(database.violations()).containsExactly("purchase-without-trainer");
  }

  @Test
  void anAttentionThatNobodyCanSee() {
    purchases.active(course);
    broken("update purchase set status = 'attention'");
    assertThat(database.violations()).containsExactly("purchase-attention-without-item");
  }

  @Test
  void aCancelledPurchaseThatLives() {
    UUID id = purchases.active(course);
    broken(
        "insert into event (type, subject_id, correlation_id) values ('purchase.cancelled', '%s', '')"
            .formatted(id));
    assertThat(database.violations()).containsExactly("purchase-cancelled-but-open");
  }

  @Test
  void anAllocationOfAnEndedPurchase() {
    purchases.active(course);
    for (String status : List.of("cancelled", "completed")) {
      broken("update purchase set status = '%s'".formatted(status));
      assertThat(database.violations()).contains("allocation-of-ended-purchase");
    }
  }

  @Test
  void aLoadThatIsNotTheAllocations() {
    purchases.active(course);
    broken("update trainer set load = 0");
    assertThat(database.violations()).containsExactly("trainer-load");
  }

  @Test
  void moreSessionsThanTheCourseHas() {
    purchases.active(course);
    broken("update allocation set sessions = 6");
    assertThat(database.violations()).containsExactly("session-beyond-course");
  }

  @Test
  void aSessionOfAnotherTrainer() {
    purchases.active(course);
    broken("update course_session set trainer_id = new_id() where ordinal = 1");
    assertThat(database.violations()).containsExactly("session-of-another-trainer");
  }

  @Test
  void aSessionOfAnEndedAllocation() {
    UUID id = purchases.active(course);
    purchases.cancel(List.of(id));
    assertThat(database.violations()).isEmpty();

    broken("update course_session set status = 'scheduled' where ordinal = 1");
    assertThat(database.violations()).containsExactly("session-of-ended-allocation");
  }

  @Test
  void aSessionGivenBeforeItsTimeOrInSilence() {
    purchases.active(course);
    broken(
        "update course_session set status = 'completed', delivered_at = starts_at where ordinal = 1");
    broken(TestPurchases.EARNED);
    assertThat(database.violations()).containsExactly("session-completed-without-event");

    broken(
        "insert into event (type, subject_id, correlation_id) select 'session.completed', id, '' from course_session where ordinal = 1");
    assertThat(database.violations()).isEmpty();

    broken("update course_session set delivered_at = starts_at - interval '1 s' where ordinal = 1");
    assertThat(database.violations())
        .containsExactly("delivered-without-earning", "session-delivered-before-start");

    broken("update course_session set status = 'scheduled', delivered_at = null");
    assertThat(database.violations())
        .containsExactly("earning-without-delivery", "session-event-without-completion");
  }

  @Test
  void aPurchaseThatIsCompletedTooSoonOrTooLate() {
    purchases.active(course);
    broken(
        """
        update allocation set status = 'ended', ended_at = '2030-01-01';
        update trainer set load = 0;
        update purchase set status = 'completed';
        """);
    assertThat(database.violations()).containsExactly("purchase-completion-mismatch");

    broken(
        """
        update course_session set status = 'completed', delivered_at = starts_at;
        insert into event (type, subject_id, correlation_id) select 'session.completed', id, '' from course_session;
        update allocation set sessions = 7;
        """);
    broken(TestPurchases.EARNED);
    assertThat(database.violations()).isEmpty();

    broken(
        """
        update allocation set status = 'active', ended_at = null;
        update trainer set load = 1;
        update purchase set status = 'active';
        """);
    assertThat(database.violations()).containsExactly("purchase-completion-mismatch");
  }

  @Test
  void anEarningThatIsNotWhatWasDelivered() {
    UUID booking = TestBooking.startingAt(TestPurchases.FRIDAY).in(database);
    Routines.completeBooking(
        database.dsl().configuration(),
        booking,
        null,
        BigDecimal.valueOf(20),
        purchases.clock.instant(),
        "c",
        "backend");
    assertThat(database.violations()).isEmpty();

    broken("update earning set commission_minor = 899, net_minor = 3601");
    assertThat(database.violations()).containsExactly("earning-commission-mismatch");

    broken("update earning set commission_minor = 900, net_minor = 3601, gross_minor = 4501");
    assertThat(database.violations()).containsExactly("delivered-without-earning");

    broken("delete from earning");
    assertThat(database.violations()).containsExactly("delivered-without-earning");
  }

  @Test
  void aReversalOfNothing() {
    purchases.active(course);
    broken(
        "update course_session set status = 'completed', delivered_at = starts_at where ordinal = 1");
    broken(
        "insert into event (type, subject_id, correlation_id) select 'session.completed', id, '' from course_session where ordinal = 1");
    broken(TestPurchases.EARNED);
    assertThat(database.violations()).isEmpty();

    broken(
        """
        insert into earning (vendor_id, source_kind, source_id, kind, gross_minor, commission_percent, commission_minor, net_minor, currency,
                             earned_at)
        select vendor_id, source_kind, source_id, 'reversal', -gross_minor, 20, -commission_minor, -net_minor, currency, now() from earning
        """);
    assertThat(database.violations()).containsExactly("earning-of-refunded-payment");

    broken(
        "update earning set gross_minor = gross_minor - 1, net_minor = net_minor - 1 where kind = 'reversal'");
    assertThat(database.violations())
        .containsExactly("earning-of-refunded-payment", "reversal-without-delivery");
  }

  /** The time of an event that is older than the trainer wait by the given minutes. */
  private static String afterTheWait(long minutes) {
    return "now() - interval '%s'".formatted(PurchaseSteps.TRAINER_WAIT.plusMinutes(minutes));
  }

  /** Past the triggers, which would refuse it. */
  private void broken(String statement) {
    database.admin().execute("set session_replication_role = replica; " + statement);
  }
}
