package dev.mainstay.activities.payroll;

import static dev.mainstay.db.generated.Tables.PAYOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.activities.payroll.TransferGateway.Answer.Refused;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.payroll.PayrollStage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nobody who has changed what a run pays since it was last approved approves it. */
class AuthorshipTest {

  private static final String FIRST = "2026-01-05";
  private static final String SECOND = "2026-01-12";
  private static final String TUESDAY = "2026-01-06T12:00:00Z";
  private static final String NEXT_TUESDAY = "2026-01-13T12:00:00Z";
  private static final KeyRange ALL = new KeyRange(null, new UUID(-1, -1).toString());

  private final TestDatabase database = TestDatabase.create();
  private final TestPayroll payroll = new TestPayroll(database);
  private final FakeTransfers provider = new FakeTransfers();
  private final PayoutStepsImpl paying =
      new PayoutStepsImpl(database.dsl(), provider, _ -> {}, new SimpleMeterRegistry());
  private final PayrollStepsImpl steps = payroll.steps(true);
  private final UUID vendor = payroll.vendor("weekly");

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    database.close();
  }

  @Test
  void everyAuthorCountsNotOnlyTheLast() {
    change("ops", "payout_account = 'acct_new'");
    change("clerk", "cadence = 'monthly'");
    change("clerk", "cadence = 'weekly'");
    database
        .dsl()
        .execute(
            "update payout_minimum set minimum_minor = 1, changed_by = 'chief' where currency = 'USD'");
    payroll.pay(payroll.unpaidBooking(vendor, 10_000, Instant.parse(TUESDAY)), "till");
    payroll.earned(vendor, 1, 10_000, TUESDAY);
    UUID run = awaiting(FIRST);

    assertThat(authors(run)).containsExactly("backend", "chief", "clerk", "fin", "ops", "till");
    for (String author : authors(run)) {
      assertThat(approve(run, author)).as(author).isEqualTo("same-person");
    }
    assertThat(approve(run, "app")).isEqualTo("approved");
  }

  @Test
  void theDatabaseAcceptsNoApprovalByAnAuthor() {
    payroll.earned(vendor, 1, 10_000, TUESDAY);
    UUID run = awaiting(FIRST);

    for (String author : authors(run)) {
      assertThatThrownBy(() ->
              database
                  .dsl()
                  .execute(
                      """
                      insert into payroll_approval (run_id, ordinal, hash, changed_by, approved_by)
                      select run_id, ordinal, hash, changed_by, ? from payroll_proposal
                      """,
                      author))
          .hasMessageContaining("payroll_approved_by_another_person");
    }
  }

  @Test
  void cancellingAPayoutHidesNobody() {
    payroll.earned(vendor, 1, 10_000, TUESDAY);
    approvedAndPaid(FIRST, new Refused("closed"));
    UUID failed = database.dsl().fetchSingle(PAYOUT, PAYOUT.VENDOR_ID.eq(vendor)).getId();

    assertThat(paying.cancel(failed, "mallory")).isTrue();

    UUID run = awaiting(SECOND);
    assertThat(authors(run)).containsExactly("backend", "fin", "mallory");
  }

  @Test
  void aVendorThatLeftTheCadenceIsAChangeOfBoth() {
    UUID other = payroll.vendor("weekly");
    payroll.earned(other, 1, 10_000, TUESDAY);
    payroll.earned(vendor, 1, 10_000, TUESDAY);
    database
        .dsl()
        .execute(
            "update vendor set cadence = 'monthly', changed_by = 'clerk', changed_at = now() where id = ?",
            other);
    database
        .dsl()
        .execute(
            "update vendor set payout_account = 'acct_x', changed_by = 'ops', changed_at = now() where id = ?",
            other);

    assertThat(authors(awaiting(FIRST))).containsExactly("backend", "clerk", "fin");
    UUID monthly = payroll.requested("monthly", "2026-01-01", "UTC");
    steps.begin(monthly);
    assertThat(authors(monthly)).containsExactly("backend", "clerk", "fin", "ops");
  }

  @Test
  void whatSomebodyElseHasApprovedToBePaidNoLongerCounts() {
    payroll.earned(vendor, 1, 10_000, TUESDAY);
    change("ops", "payout_account = 'acct_new'");
    database
        .dsl()
        .execute(
            "update payout_minimum set minimum_minor = 1, changed_by = 'chief' where currency = 'USD'");
    approvedAndPaid(FIRST, null);
    payroll.earned(vendor, 1, 10_000, NEXT_TUESDAY);

    UUID run = awaiting(SECOND);

    assertThat(authors(run)).containsExactly("backend", "fin");
    assertThat(approve(run, "ops")).isEqualTo("approved");
  }

  @Test
  void whatWasCarriedIsNotApprovedYet() {
    payroll.earned(vendor, 1, 1_000, TUESDAY);
    change("ops", "payout_account = 'acct_new'");
    approvedAndPaid(FIRST, null);
    payroll.earned(vendor, 1, 10_000, NEXT_TUESDAY);

    assertThat(approve(awaiting(SECOND), "ops")).isEqualTo("same-person");
  }

  @Test
  void anApprovalWhoseFreezeWasUndoneDoesNotCount() {
    payroll.earned(vendor, 1, 10_000, TUESDAY);
    change("ops", "payout_account = 'acct_new'");
    UUID run = awaiting(FIRST);
    approve(run, "app");
    steps.applyApproval(run);
    payroll.earned(vendor, 1, 10_000, TUESDAY);
    payroll.freeze(run);
    assertThat(payroll.freezing.conclude(run).stage()).isEqualTo(PayrollStage.APPROVAL);

    assertThat(approve(run, "ops")).isEqualTo("same-person");
    assertThat(approve(run, "app")).isEqualTo("approved");
  }

  @Test
  void aRunThatNeedsNoApprovalApprovesNothing() {
    payroll.earned(vendor, 1, 10_000, TUESDAY);
    change("ops", "payout_account = 'acct_new'");
    payroll.paid(payroll.frozen("weekly", FIRST));
    payroll.earned(vendor, 1, 10_000, NEXT_TUESDAY);

    assertThat(approve(awaiting(SECOND), "ops")).isEqualTo("same-person");
  }

  @Test
  void theSystemIsNobody() {
    payroll.earned(vendor, 1, 10_000, TUESDAY);
    database
        .admin()
        .execute(
            "update earning set recorded_by = 'mainstay'; update payout_minimum set changed_by = 'mainstay'");
    UUID run =
        Routines.requestPayroll(
            database.dsl().configuration(),
            "weekly",
            LocalDate.parse(FIRST),
            "UTC",
            TestPayroll.ACCOUNT_HOLD_SECONDS,
            "payroll-weekly",
            "c",
            TestPayroll.MUCH_LATER);
    steps.begin(run);

    assertThat(authors(run)).isEmpty();
    assertThatThrownBy(() ->
            database
                .dsl()
                .execute(
                    "insert into api_key (owner, hash, roles, expires_at) values ('payroll-weekly', '', '{approver}', now())"))
        .hasMessageContaining("api_key_of_a_person");
  }

  private UUID awaiting(String start) {
    UUID run = payroll.requested("weekly", start, "UTC");
    assertThat(steps.begin(run).stage()).isEqualTo(PayrollStage.APPROVAL);
    return run;
  }

  /** The run of a period is approved by {@code app}, and its payouts are asked for. */
  private void approvedAndPaid(String start, TransferGateway.@Nullable Answer answer) {
    UUID run = awaiting(start);
    assertThat(approve(run, "app")).isEqualTo("approved");
    steps.applyApproval(run);
    payroll.freeze(run);
    payroll.freezing.conclude(run);
    payroll.freezing.pay(run, false);
    if (answer != null) {
      provider.says(answer);
    }
    paying.pay(run, ALL);
    steps.finish(run);
  }

  private void change(String by, String what) {
    database
        .dsl()
        .execute(
            "update vendor set " + what + ", changed_by = ?, changed_at = now() where id = ?",
            by,
            vendor);
  }

  private List<String> authors(UUID run) {
    return List.of(Routines.proposePayroll(database.dsl().configuration(), run).getChangedBy());
  }

  private @Nullable String approve(UUID run, String by) {
    return Routines.approvePayroll(
        database.dsl().configuration(),
        run,
        Routines.proposePayroll(database.dsl().configuration(), run).getHash(),
        by);
  }
}
