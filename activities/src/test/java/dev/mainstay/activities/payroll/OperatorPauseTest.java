package dev.mainstay.activities.payroll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.payroll.PayrollStage;
import dev.mainstay.workflows.payroll.PayrollSteps.RunState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The row of a run holds an operator's pause in every status, until it is resumed. */
class OperatorPauseTest {

  private static final String MONDAY = "2026-01-05";
  private static final OperatorNote NOTE = new OperatorNote("ana", "looks wrong");
  private static final RunState PAUSED = new RunState(PayrollStage.PAUSED, "operator");
  private static final RunState PAYING = new RunState(PayrollStage.PAY, null);

  private final TestDatabase database = TestDatabase.create();
  private final TestPayroll payroll = new TestPayroll(database);
  private final FakeTransfers provider = new FakeTransfers();
  private final PayoutStepsImpl paying =
      new PayoutStepsImpl(database.dsl(), provider, _ -> {}, new SimpleMeterRegistry());
  private final PayrollStepsImpl steps = payroll.steps(false);

  @BeforeEach
  void somethingIsOwed() {
    payroll.earned(payroll.vendor("weekly"), 2, 10_000, "2026-01-06T12:00:00Z");
  }

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    database.close();
  }

  @Test
  void whileItAwaitsItsApproval() {
    PayrollStepsImpl approved = payroll.steps(true);
    UUID run = payroll.requested("weekly", MONDAY, "UTC");
    approved.begin(run);
    payroll.freezing.propose(run);

    assertThat(approved.hold(run, NOTE)).isTrue();
    Routines.approvePayroll(
        database.dsl().configuration(),
        run,
        Routines.proposePayroll(database.dsl().configuration(), run).getHash(),
        "app");
    assertThat(approved.applyApproval(run).stage()).isEqualTo(PayrollStage.FREEZE);
    payroll.freeze(run);
    payroll.freezing.conclude(run);

    assertThatNothingIsPaidUntilResumed(run);
  }

  @Test
  void whileItFreezes() {
    UUID run = freezing();

    assertThat(steps.hold(run, NOTE)).isTrue();
    payroll.freeze(run);
    payroll.freezing.conclude(run);

    assertThatNothingIsPaidUntilResumed(run);
  }

  @Test
  void withoutWaitingForAPageThatIsBeingFrozen() throws Exception {
    UUID run = freezing();
    database
        .transaction()
        .executeWithoutResult(_ -> {
          payroll.freeze(run);
          assertThat(CompletableFuture.supplyAsync(() -> steps.hold(run, NOTE)))
              .succeedsWithin(10, TimeUnit.SECONDS)
              .isEqualTo(true);
        });
    payroll.freezing.conclude(run);

    assertThatNothingIsPaidUntilResumed(run);
  }

  @Test
  void whenItIsFrozen() {
    UUID run = payroll.frozen("weekly", MONDAY);

    assertThat(steps.hold(run, NOTE)).isTrue();

    assertThatNothingIsPaidUntilResumed(run);
  }

  @Test
  void whileItPays() {
    UUID run = payroll.frozen("weekly", MONDAY);
    payroll.freezing.pay(run, false);

    assertThat(steps.hold(run, NOTE)).isTrue();
    assertThat(steps.hold(run, new OperatorNote("ben", "me too"))).isTrue();

    assertThatNothingIsPaidUntilResumed(run);
  }

  @Test
  void besideAnotherReasonWhichNeedsItsRetry() {
    UUID run = payroll.frozen("weekly", MONDAY);
    payroll.freezing.pay(run, false);
    steps.pause(run, "insufficient-balance");

    steps.hold(run, NOTE);
    assertThat(payroll.freezing.pay(run, true)).isEqualTo(PAUSED);
    assertThat(payroll.freezing.pay(run, true)).as("a retry resumes nothing").isEqualTo(PAUSED);
    assertThatNothingIsPaidUntilResumed(run);

    steps.pause(run, "insufficient-balance");
    steps.hold(run, NOTE);
    steps.resume(run);
    assertThat(payroll.freezing.pay(run, false))
        .isEqualTo(new RunState(PayrollStage.PAUSED, "insufficient-balance"));
    assertThat(payroll.freezing.pay(run, true)).isEqualTo(PAYING);
  }

  @Test
  void onlyWhatAnOperatorPausedIsResumed() {
    UUID run = payroll.frozen("weekly", MONDAY);
    payroll.freezing.pay(run, false);
    assertThat(steps.resume(run)).isFalse();
    steps.pause(run, "violation");

    assertThat(steps.resume(run)).isFalse();

    assertThat(payroll.freezing.pay(run, false))
        .isEqualTo(new RunState(PayrollStage.PAUSED, "violation"));
    steps.pause(run, "operator");
    assertThat(payroll.status(run)).isEqualTo("paused: violation");
  }

  @Test
  void aPauseThatWasResumedBeforeItsPageEndedIsNotRepeated() {
    UUID run = payroll.frozen("weekly", MONDAY);
    payroll.freezing.pay(run, false);
    steps.hold(run, NOTE);
    steps.resume(run);
    payroll.freezing.pay(run, false);

    assertThat(steps.pause(run, "operator")).isEqualTo(PAYING);
  }

  @Test
  void aRunThatIsOverIsNotPaused() {
    UUID run = payroll.frozen("weekly", MONDAY);
    payroll.freezing.pay(run, false);
    paying.pay(run, new KeyRange(null, new UUID(-1, -1).toString()));
    steps.finish(run);

    assertThat(steps.hold(run, NOTE)).isFalse();
  }

  private UUID freezing() {
    UUID run = payroll.requested("weekly", MONDAY, "UTC");
    steps.begin(run);
    return run;
  }

  private void assertThatNothingIsPaidUntilResumed(UUID run) {
    payroll.check(run);
    assertThat(payroll.freezing.pay(run, false)).isEqualTo(PAUSED);
    assertThat(steps.begin(run).stage()).as("lost and started again").isEqualTo(PAUSED.stage());
    KeyRange all = new KeyRange(null, new UUID(-1, -1).toString());
    assertThat(paying.pay(run, all).pauseReason()).isEqualTo("operator");
    assertThat(provider.asked).isEmpty();

    assertThat(steps.resume(run)).isTrue();
    assertThat(payroll.freezing.pay(run, false)).isEqualTo(PAYING);
  }
}
