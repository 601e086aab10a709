package dev.mainstay.activities.recovery;

import static dev.mainstay.db.generated.Tables.INTAKE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.purchase.TestPurchases;
import dev.mainstay.activities.recovery.Runs.State;
import dev.mainstay.activities.recovery.UnfinishedWork.Lost;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.generated.tables.records.IntakeRecord;
import dev.mainstay.db.testing.TestBooking;
import dev.mainstay.db.testing.TestCourse;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestRequest;
import dev.mainstay.db.testing.TestStudent;
import dev.mainstay.db.testing.TestTrainer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What is unfinished by the facts, and starts again where no run carries it. */
class UnfinishedWorkTest {

  private final TestPurchases purchases = new TestPurchases();
  private final TestDatabase database = purchases.database();
  private final TestRecovery recovery = new TestRecovery(database);

  @AfterEach
  void close() {
    purchases.close();
  }

  @Test
  void aPurchaseThatABatchWasCarrying() {
    UUID purchase = pendingInABatch();

    assertThat(recovery.lostRuns()).containsExactly(run(purchase));
    recovery.assertRunsAreNamedAsTheyAreStarted();

    recovery.run("purchase-batch/" + claim(purchase), State.RUNNING);
    assertThat(recovery.lost()).isEmpty();
  }

  @Test
  void aPurchaseThatWaitedForATrainerAlone() {
    UUID purchase = waitingAlone();

    assertThat(recovery.lost())
        .singleElement()
        .satisfies(lost -> {
          assertThat(lost.run()).isEqualTo(run(purchase));
          assertThat(lost.process()).isEqualTo("purchase");
          assertThat(lost.how()).isEqualTo("is unknown to Temporal");
        });
    recovery.assertRunsAreNamedAsTheyAreStarted();
    assertThat(recovery.restart()).isEqualTo(1);
    assertThat(row(purchase, "purchase-alone").getDoneAt()).isNull();
    assertThat(row(purchase, "purchase").getDoneAt()).isNotNull();
  }

  @Test
  void aPaymentThatBecameNoPurchase() {
    UUID purchase =
        TestRequest.of(TestStudent.living("UTC").in(database), database.newId()).in(database);
    purchases.create(List.of(purchase));
    recovery.begun();

    assertThat(recovery.lostRuns()).containsExactly(run(purchase));
    recovery.assertRunsAreNamedAsTheyAreStarted();

    purchases.cancel(List.of(purchase));
    assertThat(recovery.lost()).as("an operator has ended it").isEmpty();
  }

  @Test
  void anAllocationThatTheAdminServiceHasNotConfirmed() {
    UUID purchase = active();
    database.admin().execute("update allocation set status = 'approved'");

    assertThat(recovery.lostRuns()).containsExactly(run(purchase));
  }

  @Test
  void aRefundThatTheProviderWasNotAskedFor() {
    UUID purchase = active();
    UUID request = refund(purchase);
    assertThat(recovery.lost()).as("the drainer starts it").isEmpty();
    recovery.begun();

    assertThat(recovery.lostRuns()).containsExactly(refundRun(purchase, request));
    recovery.assertRunsAreNamedAsTheyAreStarted();
  }

  @Test
  void aRefundThatWasAcceptedAndNotBooked() {
    UUID purchase = active();
    UUID request = refund(purchase);
    database
        .dsl()
        .execute("update refund_request set status = 'accepted', provider_refund_id = 're_1'");
    Routines.insertRefundFact(
        database.dsl().configuration(),
        "stripe",
        TestRequest.paymentId(purchase),
        "refund",
        "re_1",
        TestCourse.PRICE_MINOR,
        "USD",
        "succeeded");
    recovery.begun();

    assertThat(recovery.lostRuns()).containsExactly(refundRun(purchase, request));
    recovery.assertRunsAreNamedAsTheyAreStarted();
  }

  @Test
  void aRefundThatTheProviderReportedAndNobodyBooked() {
    UUID purchase = active();
    assertThat(
            Routines.recordRefundFact(
                database.dsl().configuration(),
                "stripe",
                TestRequest.paymentId(purchase),
                "total",
                "ch_1",
                500L,
                "USD",
                "succeeded",
                null,
                null,
                "c"))
        .isTrue();
    recovery.begun();

    assertThat(recovery.lostRuns()).containsExactly(refundRun(purchase, 500));
    recovery.assertRunsAreNamedAsTheyAreStarted();
  }

  @Test
  void messagesThatWait() {
    UUID purchase = active();
    database
        .dsl()
        .select(INTAKE.BUSINESS_ID)
        .from(INTAKE)
        .where(INTAKE.KIND.eq("notification"))
        .fetch(INTAKE.BUSINESS_ID)
        .forEach(id -> database.dsl().fetch("select * from plan_messages(array [?::uuid])", id));
    recovery.begun();

    assertThat(recovery.lostRuns()).containsExactly("notification/sessions.scheduled/" + purchase);
    UUID claim =
        Objects.requireNonNull(
            database
                .dsl()
                .select(INTAKE.CLAIM_ID)
                .from(INTAKE)
                .where(INTAKE.KIND.eq("notification"))
                .fetchSingle(INTAKE.CLAIM_ID));
    recovery.assertRunsAreNamedAsTheyAreStarted();
    recovery.run("notification-batch/" + claim, State.RUNNING);
    assertThat(recovery.lost()).isEmpty();
  }

  @Test
  void aTaskThatHasNotEnded() {
    UUID task = task();

    assertThat(recovery.lostRuns()).containsExactly("task/" + task);
    recovery.assertRunsAreNamedAsTheyAreStarted();
  }

  @Test
  void aPaymentThatNobodyHasConfirmed() {
    UUID booking = TestBooking.startingAt("2026-11-23T10:00:00Z").in(database);
    assertThat(
            Routines.payBooking(
                database.dsl().configuration(),
                booking,
                "stripe",
                "pi_1",
                true,
                null,
                Instant.parse("2026-11-24T12:00:00Z"),
                "c",
                "shop"))
        .isNull();
    recovery.begun();

    assertThat(recovery.lostRuns()).containsExactly("payment-check/stripe/pi_1");
    recovery.assertRunsAreNamedAsTheyAreStarted();

    database
        .dsl()
        .execute(
            "insert into audit_event (by, action, subject, outcome, correlation_id) values ('ana', 'cancel', 'payment-check/stripe/pi_1', 'done', 'c')");
    assertThat(recovery.lost()).as("an operator has ended the check").isEmpty();
  }

  @Test
  void aPayrollRunThatHasNotEnded() {
    var _ =
        Routines.requestPayroll(
            database.dsl().configuration(),
            "weekly",
            LocalDate.parse("2026-01-05"),
            "UTC",
            0,
            "fin",
            "c",
            Instant.parse("2026-06-01T00:00:00Z"));
    recovery.begun();

    assertThat(recovery.lostRuns()).containsExactly("payroll/weekly/2026-01-05");
    recovery.assertRunsAreNamedAsTheyAreStarted();
  }

  @Test
  void whatIsOverIsNotUnfinished() {
    active();

    assertThat(recovery.lost()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "RUNNING")
  void whatEndedAndLeftWorkIsLost(State state) {
    UUID purchase = waitingAlone();
    recovery.run(run(purchase), state);

    assertThat(recovery.lost()).extracting(Lost::how).containsExactly(state.words());
  }

  @Test
  void whatRunsIsNotLost() {
    recovery.run(run(waitingAlone()), State.RUNNING);

    assertThat(recovery.lost()).isEmpty();
  }

  @Test
  void lostWorkIsFoundPageByPage() {
    for (int i = 0; i < 3; i++) {
      var _ = task();
    }

    var first = recovery.work.lost(null, 2);
    assertThat(first.lost()).hasSize(2);
    var second = recovery.work.lost(first.last(), 2);
    assertThat(second.lost()).hasSize(1);
    assertThat(second.last()).isNull();
  }

  @Test
  void workWithoutAnIntakeRowIsCounted() {
    var _ = task();
    assertThat(recovery.work.withoutIntakeRow()).isZero();

    database.admin().execute("delete from intake where kind = 'task'");

    assertThat(recovery.lost()).isEmpty();
    assertThat(recovery.work.withoutIntakeRow()).isEqualTo(1);
  }

  @Test
  void aRestartHasTheDrainerStartItOnceAndIsInTheAuditLog() {
    UUID purchase = waitingAlone();
    List<Lost> lost = recovery.lost();

    List<Integer> restarted =
        TestPurchases.atOnce(
            4, () -> recovery.work.restart(lost, "ana", "Temporal is back", "c").size());

    assertThat(restarted).containsExactlyInAnyOrder(1, 0, 0, 0);
    assertThat(recovery.waiting()).containsExactly(purchase);
    assertThat(row(purchase, "purchase-alone").getRestartedAt()).isNotNull();
    assertThat(recovery.audit())
        .containsExactly("ana restart " + run(purchase) + " Temporal is back done");
    assertThat(recovery.lost()).isEmpty();
  }

  @Test
  void whatHasEndedMeanwhileIsNotRestarted() {
    UUID purchase = waitingAlone();
    List<Lost> lost = recovery.lost();
    purchases.cancel(List.of(purchase));

    assertThat(recovery.work.restart(lost, "ana", "Temporal is back", "c")).isEmpty();

    assertThat(recovery.audit()).isEmpty();
  }

  @Test
  void aRestartClosesTheItemsOfTheLostRun() {
    UUID purchase = waitingAlone();
    item(run(purchase), purchase, "allocate");
    item(run(purchase), purchase, "take-in");
    database.dsl().execute("update purchase set status = 'attention'");

    assertThat(recovery.restart()).isEqualTo(1);

    assertThat(recovery.items())
        .containsExactly(
            "purchase allocate step-failed resolved restart ana",
            "purchase take-in step-failed open");
    assertThat(purchases.status(purchase)).isEqualTo("pending");
  }

  @Test
  void aRowThatWasNeverStartedIsClaimedAgain() {
    UUID purchase = purchases.request(purchases.course(), "10:00");
    database
        .dsl()
        .execute(
            "update intake set claims = 3, claim_id = new_id(), leased_until = now() - interval '1 s'");
    Routines.exhaustIntake(database.dsl().configuration(), new String[] {"purchase"});

    assertThat(recovery.restart()).isEqualTo(1);

    assertThat(recovery.waiting()).containsExactly(purchase);
    assertThat(recovery.items()).containsExactly("purchase start not-started resolved restart ana");
  }

  @Test
  void aReportTakesThePlaceOfTheItemsOfTheLostRun() {
    UUID purchase = waitingAlone();
    item(run(purchase), purchase, "allocate");
    List<Lost> lost = recovery.lost();

    assertThat(recovery.work.report(lost)).isEqualTo(1);
    assertThat(recovery.work.report(lost)).isZero();
    assertThat(recovery.work.unreported(null, 10, Instant.now().plusSeconds(60)).lost()).isEmpty();

    assertThat(recovery.items())
        .containsExactly(
            "purchase allocate step-failed resolved run-ended temporal",
            "purchase run run-lost open");
    assertThat(recovery.audit())
        .containsExactly(
            "temporal close " + run(purchase) + " its run is unknown to Temporal done");
    assertThat(purchases.status(purchase)).isEqualTo("attention");
    assertThat(
            database
                .dsl()
                .fetchSingle(
                    "select concat_ws(' ', business_key, actions, amount_minor, trim(currency), error) from attention where status = 'open'")
                .into(String.class))
        .isEqualTo(
            run(purchase)
                + " {restart} "
                + TestCourse.PRICE_MINOR
                + " USD it is unfinished, but its run is unknown to Temporal");
  }

  @Test
  void whatIsYoungIsNotReported() {
    var _ = waitingAlone();

    assertThat(recovery.work.unreported(null, 10, Instant.now().minusSeconds(60)).lost()).isEmpty();
  }

  @Test
  void aReportClosesByItselfOnceARunCarriesTheWorkOrItIsOver() {
    UUID running = waitingAlone();
    UUID over = waitingAlone();
    UUID restarted = waitingAlone();
    assertThat(recovery.work.report(recovery.lost())).isEqualTo(3);
    assertThat(recovery.work.closeReports()).isZero();

    recovery.run(run(running), State.RUNNING);
    assertThat(recovery.work.closeReports()).isEqualTo(1);
    assertThat(purchases.status(running)).isEqualTo("pending");
    purchases.cancel(List.of(over));
    assertThat(recovery.work.closeReports()).isEqualTo(1);
    assertThat(purchases.status(over)).isEqualTo("cancelled");
    database.dsl().execute("update intake set done_at = null where business_id = ?", restarted);
    assertThat(recovery.work.closeReports()).isEqualTo(1);

    assertThat(recovery.items())
        .containsOnly("purchase run run-lost resolved succeeded invariants");
  }

  @Test
  void whatStandsStillWithoutAnItemIsAViolation() {
    UUID purchase = active();
    UUID request = refund(purchase);
    recovery.begun();
    assertThat(database.violations()).isEmpty();

    database
        .admin()
        .execute("update refund_request set requested_at = now() - interval '61 minutes'");
    assertThat(database.violations()).containsExactly("refund-unfinished");

    item(refundRun(purchase, request), purchase, "ask");
    assertThat(database.violations()).as("an operator is asked").isEmpty();
    database
        .dsl()
        .execute(
            "update attention set status = 'resolved', resolution = 'retry', resolved_at = now()");
    assertThat(database.violations()).as("it was moved just now").isEmpty();
    database.dsl().execute("update attention set resolved_at = now() - interval '61 minutes'");
    assertThat(database.violations()).containsExactly("refund-unfinished");

    assertThat(recovery.restart()).isEqualTo(1);
    assertThat(database.violations()).as("the drainer starts it").isEmpty();
    recovery.begun();
    assertThat(database.violations()).as("it was restarted just now").isEmpty();
  }

  private UUID pendingInABatch() {
    UUID purchase = purchases.request(purchases.course(), "10:00");
    purchases.create(List.of(purchase));
    recovery.begun();
    return purchase;
  }

  private UUID waitingAlone() {
    UUID purchase = purchases.request(purchases.course(), "10:00");
    purchases.create(List.of(purchase));
    assertThat(purchases.allocate(List.of(purchase))).hasSize(1);
    recovery.begun();
    return purchase;
  }

  private UUID active() {
    UUID course = purchases.course();
    TestTrainer.teaching(course).in(database);
    UUID purchase = purchases.active(course);
    recovery.begun();
    return purchase;
  }

  private UUID refund(UUID purchase) {
    return Objects.requireNonNull(
        database
            .transaction()
            .execute(_ ->
                Routines.requestRefund(
                    database.dsl().configuration(), purchase, null, "ana", "asked", null, "c")));
  }

  private UUID task() {
    UUID task = database.newId();
    UUID customer = TestStudent.living("UTC").in(database);
    database
        .dsl()
        .execute(
            "insert into task (id, type, customer_id, priority, max_retries, client, correlation_id) values (?, 'welcome-email', ?, 'normal', 3, 'market', 'c')",
            task,
            customer);
    database
        .dsl()
        .execute(
            """
            select enqueue('task', 'task', ?::text, ?::uuid,
              jsonb_build_object('type', 'welcome-email', 'customerId', ?::uuid, 'priority', 'normal', 'maxRetries', 3), 'market', 'c')
            """,
            task.toString(),
            task,
            customer);
    recovery.begun();
    return task;
  }

  private void item(String key, UUID subject, String step) {
    database
        .dsl()
        .execute(
            """
            insert into attention (process, business_key, subject_id, step, reason, error, fingerprint, retry_effect, actions)
            values ('purchase', ?, ?, ?, 'step-failed', 'x', 'x', 'x', '{retry}')
            """,
            key,
            subject,
            step);
  }

  private IntakeRecord row(UUID business, String kind) {
    return database
        .dsl()
        .fetchSingle(INTAKE, INTAKE.BUSINESS_ID.eq(business), INTAKE.KIND.eq(kind));
  }

  private UUID claim(UUID purchase) {
    return Objects.requireNonNull(row(purchase, "purchase").getClaimId());
  }

  private static String run(UUID purchase) {
    return "purchase/stripe/" + TestRequest.paymentId(purchase);
  }

  private static String refundRun(UUID purchase, Object end) {
    return "refund/stripe/" + TestRequest.paymentId(purchase) + "/" + end;
  }
}
