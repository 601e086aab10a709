package dev.mainstay.activities.payroll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.payroll.TransferGateway.Answer.Refused;
import dev.mainstay.activities.payroll.TransferGateway.Answer.Unknown;
import dev.mainstay.activities.recovery.TestRecovery;
import dev.mainstay.workflows.payroll.PayoutSteps.Outcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Payouts that nobody would look after if their run were lost. */
class UnfinishedPayoutTest {

  private final PayingRun run = new PayingRun();
  private final FakeTransfers provider = new FakeTransfers();
  private final PayoutStepsImpl steps =
      new PayoutStepsImpl(run.database.dsl(), provider, _ -> {}, new SimpleMeterRegistry());
  private final PayoutCaseStepsImpl cases = new PayoutCaseStepsImpl(run.database.dsl());
  private final TestRecovery recovery = new TestRecovery(run.database);
  private final UUID payout = run.payout("acct_a");

  @AfterEach
  void close() {
    run.close();
  }

  @Test
  void aRefusedPayoutIsWithAnOperatorOrAViolation() {
    refused();

    assertThat(recovery.lostRuns()).containsExactly("payout/" + payout);
    recovery.assertRunsAreNamedAsTheyAreStarted();
    assertThat(violations()).isEmpty();
    age("61 minutes");
    assertThat(violations()).containsExactly("payout-unfinished");
    assertThat(recovery.work.report(recovery.lost())).isEqualTo(1);
    assertThat(violations()).isEmpty();
    assertThat(recovery.items()).containsExactly("payout run run-lost open");
  }

  @Test
  void anUnknownPayoutHasTimeToBeFoundOutAbout() {
    provider.fails(() -> new Unknown("timeout", false));
    steps.pay(run.id, PayingRun.all());
    completed();

    assertThat(recovery.lostRuns()).containsExactly("payout/" + payout);
    age("4 hours");
    assertThat(violations()).isEmpty();
    age("2 hours");
    assertThat(violations()).containsExactly("payout-unfinished");
    run.database
        .admin()
        .execute(
            "set session_replication_role = replica; update payroll_run set status = 'paused', completed_at = null, pause_reason = 'operator'");
    assertThat(violations()).as("a paused run pays nothing").isEmpty();
  }

  @Test
  void aPayoutThatWasToBeTriedAgainAfterItsRunHasEnded() {
    refused();
    cases.reopen(payout);

    assertThat(recovery.lostRuns()).containsExactly("payout/" + payout);
  }

  @Test
  void aPayoutThatWasPaidAloneHasAReceiptUnlessAnOperatorSkippedIt() {
    refused();
    cases.reopen(payout);
    assertThat(steps.payOne(payout).outcome()).isEqualTo(Outcome.PAID);

    assertThat(recovery.lostRuns()).containsExactly("payout/" + payout);
    run.database
        .dsl()
        .execute(
            "insert into audit_event (by, action, subject, outcome, correlation_id) values ('ana', 'skip', 'payout/' || ?, 'done', 'c')",
            payout);
    assertThat(recovery.lost()).isEmpty();
  }

  @Test
  void whatTheRunPaysIsTheRunsToLookAfter() {
    recovery.begun();
    assertThat(recovery.lostRuns()).doesNotContain("payout/" + payout);
  }

  /** The run's own hash is none, which other rules find. */
  private List<String> violations() {
    return run.database.violations().stream().filter(rule -> rule.endsWith("-unfinished")).toList();
  }

  private void refused() {
    provider.fails(() -> new Refused("account_closed"));
    steps.pay(run.id, PayingRun.all());
    completed();
  }

  private void completed() {
    run.database.dsl().execute("update payroll_run set status = 'completed', completed_at = now()");
    recovery.begun();
  }

  private void age(String by) {
    run.database
        .admin()
        .execute(
            "update payout_attempt set asked_at = asked_at - ?::interval, answered_at = answered_at - ?::interval",
            by,
            by);
  }
}
