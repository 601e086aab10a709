package dev.mainstay.activities.payroll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.invariants.InvariantsStepsImpl;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.payroll.PayrollStage;
import dev.mainstay.workflows.payroll.PayrollSteps.Remaining;
import dev.mainstay.workflows.payroll.PayrollSteps.RunState;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broken rule of payroll is found, and stops paying. */
class PayrollViolationTest {

  private static final RunState VIOLATED = new RunState(PayrollStage.PAUSED, "violation");

  private final TestDatabase database = TestDatabase.create();
  private final TestPayroll payroll = new TestPayroll(database);
  private final UUID run = frozen();

  @AfterEach
  void close() {
    database.close();
  }

  private UUID frozen() {
    payroll.earned(payroll.vendor("weekly"), 2, 10_000, "2026-01-06T12:00:00Z");
    payroll.earned(payroll.vendor("weekly"), 1, 1_000, "2026-01-06T12:00:00Z");
    return payroll.frozen("weekly", "2026-01-05");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "payout-amount | update payout set amount_minor = amount_minor + 1, gross_minor = gross_minor + 1 where status = 'frozen'",
        "payout-amount | update earning set payout_id = null",
        "payout-amount | update earning set payout_id = (select id from payout where status = 'carried') where payout_id is null",
        "earning-in-wrong-payout | update earning set payout_id = gen_random_uuid() where payout_id is null",
        "earning-in-wrong-payout | update earning set earned_at = '2026-01-12T00:00Z' where payout_id is not null",
        "payroll-hash-mismatch | update payout set reason = 'negative' where status = 'carried'",
        "payroll-hash-mismatch | delete from payout where status = 'carried'",
        "payroll-not-approved | update payroll_run set approval_required = true",
        "payout-before-its-run | update payout set status = 'paying' where status = 'frozen'; update payroll_run set status = 'freezing'"
      })
  void eachRuleFindsItsBreachAndPayingDoesNotBegin(String rule, String breach) {
    assertThat(database.violations()).isEmpty();

    database.admin().execute("set session_replication_role = replica; " + breach);

    assertThat(database.violations()).contains(rule);
    if (!rule.equals("payout-before-its-run")) {
      assertThat(payroll.freezing.pay(run, false).stage())
          .isEqualTo(breach.contains("gen_random_uuid") ? PayrollStage.PAY : PayrollStage.PAUSED);
    }
  }

  @Test
  void aRunThatGetsNowhereIsFound() {
    database.admin().execute("update payroll_run set requested_at = now() - interval '2 days'");

    assertThat(database.violations()).containsExactly("payroll-unfinished");
  }

  @Test
  void theHourlyCheckPausesWhatPaysUntilItIsMended() {
    assertThat(payroll.freezing.pay(run, false)).isEqualTo(new RunState(PayrollStage.PAY, null));
    String off =
        "set session_replication_role = replica; update payout set earnings = %d where status = 'frozen'";
    check();
    assertThat(payroll.status(run)).isEqualTo("paying");

    database.admin().execute(off.formatted(3));
    check();

    assertThat(payroll.status(run)).isEqualTo("paused: violation");
    assertThat(payroll.freezing.pay(run, false)).isEqualTo(VIOLATED);
    assertThat(payroll.freezing.pay(run, true)).as("an operator's retry").isEqualTo(VIOLATED);

    database.admin().execute(off.formatted(2));
    assertThat(payroll.freezing.pay(run, true)).isEqualTo(new RunState(PayrollStage.PAY, null));
    assertThat(database.violations()).isEmpty();
  }

  @Test
  void aRunEndsWhenNothingIsLeftToPayOrToFindOut() {
    PayrollStepsImpl steps = payroll.steps(false);
    payroll.freezing.pay(run, false);
    assertThat(steps.finish(run)).isEqualTo(new Remaining(PayrollStage.PAY, 1, 0));
    database.dsl().execute("update payout set status = 'paying' where status = 'frozen'");
    database
        .dsl()
        .execute(
            "update payout set status = 'unknown', reason = 'timeout' where status = 'paying'");
    assertThat(steps.finish(run)).isEqualTo(new Remaining(PayrollStage.PAY, 0, 1));
    assertThat(steps.pause(run, "insufficient-balance"))
        .isEqualTo(new RunState(PayrollStage.PAUSED, "insufficient-balance"));
    assertThat(steps.pause(run, "step-failed"))
        .as("paused already")
        .isEqualTo(new RunState(PayrollStage.PAUSED, "insufficient-balance"));
    payroll.freezing.pay(run, true);
    database
        .dsl()
        .execute(
            "update payout set status = 'failed', reason = 'account_closed' where status = 'unknown'");

    assertThat(steps.finish(run)).isEqualTo(new Remaining(PayrollStage.COMPLETED, 0, 0));
    assertThat(steps.finish(run)).isEqualTo(new Remaining(PayrollStage.COMPLETED, 0, 0));
    assertThat(
            database
                .dsl()
                .fetch("select type from event where subject_id = ? order by id", run)
                .getValues("type", String.class))
        .containsExactly(
            "payroll.requested",
            "payroll.frozen",
            "payroll.paying",
            "payroll.paused",
            "payroll.paying",
            "payroll.completed");
  }

  private void check() {
    new InvariantsStepsImpl(
            database.dsl(), database.transaction(), _ -> Optional.empty(), InstantSource.system())
        .check();
  }
}
