package dev.mainstay.activities.payroll;

import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.PAYROLL_PROPOSAL;
import static dev.mainstay.db.generated.Tables.PREVIEW_PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.payroll.PayrollStage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A preview, and what is paid only once somebody else has approved exactly that. */
class ApprovalTest {

  private static final String MONDAY = "2026-01-05";
  private static final String TUESDAY_NOON = "2026-01-06T12:00:00Z";

  private final TestDatabase database = TestDatabase.create();
  private final TestPayroll payroll = new TestPayroll(database);
  private final PayrollStepsImpl steps = payroll.steps(true);
  private final UUID vendor = payroll.vendor("weekly");

  @BeforeEach
  void somethingIsOwed() {
    payroll.earned(vendor, 2, 10_000, TUESDAY_NOON);
    payroll.earned(payroll.vendor("weekly"), 1, 1_000, TUESDAY_NOON);
  }

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    database.close();
  }

  @Test
  void aPreviewChangesNothingAndTellsWhatIsThenFrozen() {
    Map<String, List<String>> before = database.contents();
    List<String> preview = preview(MONDAY);
    String hash = hash();
    assertThat(database.contents()).isEqualTo(before);

    UUID run = payroll.frozen("weekly", MONDAY);

    assertThat(preview).containsExactly("800 carry new", "16000 pay new");
    assertThat(database.dsl().fetchValue("select hash from payroll_run where id = ?", run))
        .isEqualTo(hash);
  }

  @Test
  void aPreviewTellsWhatIsNewGoneOrMuchChangedSinceTheLastPeriod() {
    UUID same = payroll.vendor("weekly");
    UUID more = payroll.vendor("weekly");
    payroll.earned(same, 1, 10_000, TUESDAY_NOON);
    payroll.earned(more, 1, 10_000, TUESDAY_NOON);
    payroll.paid(payroll.frozen("weekly", MONDAY));
    payroll.earned(same, 1, 12_000, "2026-01-13T12:00:00Z");
    payroll.earned(more, 1, 12_010, "2026-01-13T12:00:00Z");
    payroll.earned(payroll.vendor("weekly"), 1, 20_000, "2026-01-13T12:00:00Z");

    assertThat(preview("2026-01-12"))
        .containsExactly(
            "0 none gone", "800 carry null", "9600 pay null", "9608 pay changed", "16000 pay new");
  }

  @Test
  void whatIsApprovedByHashIsPaid() {
    UUID run = awaiting();
    String hash = hash();
    assertThat(proposed(run)).containsExactly(hash);

    assertThat(approve(run, hash, "app")).isEqualTo("approved");
    assertThat(approve(run, hash, "app")).as("said twice").isEqualTo("approved");
    assertThat(waitingRows(run)).isEqualTo(1);
    assertThat(steps.applyApproval(run).stage()).isEqualTo(PayrollStage.FREEZE);
    assertThat(waitingRows(run)).isZero();
    payroll.freeze(run);

    assertThat(payroll.freezing.conclude(run).stage()).isEqualTo(PayrollStage.PAY);
    assertThat(approve(run, hash, "app")).isEqualTo("not-awaiting");
  }

  @Test
  void anApprovalIsNotForgottenByARunThatIsLostBeforeItTakesItUp() {
    UUID run = awaiting();
    approve(run, hash(), "app");

    // Begun again by the approval's own row, and lost once more.
    assertThat(steps.begin(run).stage()).isEqualTo(PayrollStage.APPROVAL);

    assertThat(waitingRows(run)).isEqualTo(1);
    assertThat(steps.applyApproval(run).stage()).isEqualTo(PayrollStage.FREEZE);
    assertThat(waitingRows(run)).isZero();
  }

  @Test
  void anApprovalThatIsRepeatedWakesARunThatHasNotTakenItUp() {
    UUID run = awaiting();
    approve(run, hash(), "app");
    database.dsl().execute("update intake set done_at = now()");

    assertThat(approve(run, hash(), "app")).isEqualTo("approved");

    assertThat(waitingRows(run)).isEqualTo(1);
  }

  @Test
  void anApprovalThatNobodyTakesUpIsFound() {
    UUID run = awaiting();
    approve(run, hash(), "app");
    String age =
        "set session_replication_role = replica; update payroll_approval set approved_at = now() - interval '%d minutes'";
    database.admin().execute(age.formatted(59));
    assertThat(database.violations()).isEmpty();

    database.admin().execute(age.formatted(61));
    assertThat(database.violations()).containsExactly("payroll-approval-not-taken-up");

    steps.applyApproval(run);
  }

  @Test
  void nothingIsFrozenBeforeItIsApproved() {
    UUID run = awaiting();

    payroll.freeze(run);
    assertThat(steps.applyApproval(run).stage()).isEqualTo(PayrollStage.APPROVAL);

    assertThat(payroll.unsettled()).isEqualTo(3);
    assertThatThrownBy(() ->
            database.dsl().execute("update payroll_run set status = 'freezing' where id = ?", run))
        .hasMessageContaining("is not approved");
    assertThatThrownBy(
            () -> database.dsl().execute("update payroll_run set approval_required = false"))
        .hasMessageContaining("has to be approved");
  }

  @Test
  void anEarningBetweenPreviewAndApprovalRefusesItAndProposesAnew() {
    UUID run = awaiting();
    String seen = hash();
    payroll.earned(vendor, 1, 10_000, TUESDAY_NOON);

    assertThat(approve(run, seen, "app")).isEqualTo("changed");

    assertThat(proposed(run)).containsExactly(seen, hash());
    assertThat(approve(run, hash(), "app")).isEqualTo("approved");
  }

  @Test
  void aChangeAfterTheApprovalUndoesTheFreezeAndAsksAgain() {
    UUID run = awaiting();
    approve(run, hash(), "app");
    steps.applyApproval(run);
    payroll.earned(vendor, 1, 10_000, TUESDAY_NOON);
    payroll.freeze(run);
    assertThat(payroll.unsettled()).isEqualTo(1);

    assertThat(payroll.freezing.conclude(run).stage()).isEqualTo(PayrollStage.APPROVAL);

    assertThat(payroll.unsettled()).isEqualTo(4);
    assertThat(steps.applyApproval(run).stage())
        .as("the old approval")
        .isEqualTo(PayrollStage.APPROVAL);
    payroll.freezing.propose(run);
    assertThat(approve(run, hash(), "app")).isEqualTo("approved");
    steps.applyApproval(run);
    payroll.freeze(run);
    assertThat(payroll.freezing.conclude(run).stage()).isEqualTo(PayrollStage.PAY);
    assertThat(payroll.payouts(run, vendor)).containsExactly("frozen 24000 USD of 3");
  }

  @Test
  void aRunThatWaitsCanBeCancelledAndItsPeriodAskedForAgain() {
    UUID run = awaiting();
    assertThat(payroll.requested("weekly", MONDAY, "UTC")).as("joins it").isEqualTo(run);

    assertThat(steps.cancel(run, new OperatorNote("ops", "wrong week")).stage())
        .isEqualTo(PayrollStage.CANCELLED);

    assertThat(approve(run, hash(), "app")).isEqualTo("not-awaiting");
    assertThat(steps.successor(run)).as("nobody has asked again").isEqualTo(run);
    UUID again = payroll.frozen("weekly", MONDAY);
    assertThat(again).isNotEqualTo(run);
    assertThat(steps.successor(run)).isEqualTo(again);
    assertThat(steps.cancel(again, new OperatorNote("ops", "too late")).stage())
        .isEqualTo(PayrollStage.PAY);
  }

  private UUID awaiting() {
    UUID run = payroll.requested("weekly", MONDAY, "UTC");
    assertThat(steps.begin(run).stage()).isEqualTo(PayrollStage.APPROVAL);
    payroll.freezing.propose(run);
    return run;
  }

  private @Nullable String approve(UUID run, String hash, String by) {
    return Routines.approvePayroll(database.dsl().configuration(), run, hash, by);
  }

  private String hash() {
    return database
        .dsl()
        .fetchSingle(
            """
            select s.hash
            from payroll_period('weekly', ?::date, 'UTC') p
            cross join payroll_due_totals('weekly', ?::date, p.ends_at, now() - interval '72 hours') s
            """,
            MONDAY,
            MONDAY)
        .get(0, String.class);
  }

  private List<String> proposed(UUID run) {
    return database
        .dsl()
        .selectFrom(PAYROLL_PROPOSAL)
        .where(PAYROLL_PROPOSAL.RUN_ID.eq(run))
        .orderBy(PAYROLL_PROPOSAL.ORDINAL)
        .fetch(PAYROLL_PROPOSAL.HASH);
  }

  private int waitingRows(UUID run) {
    return database
        .dsl()
        .fetchCount(INTAKE, INTAKE.DONE_AT.isNull().and("body ->> 'runId' = ?", run.toString()));
  }

  private List<String> preview(String start) {
    return database
        .dsl()
        .selectFrom(
            PREVIEW_PAGE.call(
                "weekly",
                LocalDate.parse(start),
                "UTC",
                Instant.now().minus(Duration.ofDays(3)),
                BigDecimal.valueOf(20),
                new UUID(0, 0),
                new UUID(-1, -1)))
        .fetch()
        .stream()
        .sorted((one, other) ->
            Long.compare(one.get(PREVIEW_PAGE.AMOUNT_MINOR), other.get(PREVIEW_PAGE.AMOUNT_MINOR)))
        .map(row ->
            "%d %s %s"
                .formatted(
                    row.get(PREVIEW_PAGE.AMOUNT_MINOR),
                    row.get(PREVIEW_PAGE.OUTCOME),
                    row.get(PREVIEW_PAGE.DIFFERENCE)))
        .toList();
  }
}
