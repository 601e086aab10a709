package dev.mainstay.workflows.payroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.workflows.HistoryRecorder;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps.SignalRecord;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.payroll.PayrollWorkflow.Result;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A pause stops paying in every stage of a run, until it is resumed. */
class PayrollPauseTest {

  private static final OperatorNote NOTE = new OperatorNote("ana", "looked into it");

  @AutoClose private final PayrollTestEnvironment environment = new PayrollTestEnvironment();

  @Test
  void anOperatorPausesAndResumes() {
    FakePayroll steps = new FakePayroll(1).toBeApproved();
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));

    payroll.pause(NOTE);
    steps.approve(0);
    payroll.wake();
    environment.pass(Duration.ofHours(1));
    assertThat(steps.statuses()).isEqualTo("frozen");
    assertThat(steps.done).contains("pause operator");
    assertThat(steps.opened).isEmpty();
    assertThat(payroll.waitingFor()).contains("resume");

    payroll.resume(NOTE);

    assertThat(environment.result(payroll)).isEqualTo(Result.COMPLETED);
    HistoryRecorder.record(
        environment.temporal, "payroll-1-approved-and-paused", PayrollTestEnvironment.ID);
    assertThat(steps.recorded).hasSize(2).allMatch(signal -> signal.refusal() == null);
  }

  @Test
  void whatIsNotPausedIsNotResumed() {
    FakePayroll steps = new FakePayroll(1).toBeApproved();
    PayrollWorkflow payroll = environment.run(steps);

    assertThatThrownBy(() -> payroll.resume(NOTE))
        .isInstanceOf(WorkflowUpdateException.class)
        .hasStackTraceContaining("no operator paused the run");
    payroll.signalResume(NOTE);
    environment.pass(Duration.ofHours(1));

    assertThat(steps.recorded)
        .extracting(SignalRecord::refusal)
        .containsExactly("no operator paused the run", "no operator paused the run");
  }

  @Test
  void aPauseBeforeTheFirstStepStopsPaying() {
    FakePayroll steps = new FakePayroll(3);
    PayrollWorkflow payroll = environment.run(steps);

    payroll.signalPause(NOTE);

    assertThatNothingIsPaidUntilResumed(payroll, steps);
  }

  @Test
  void aPauseWhilePagesAreFrozenStopsPaying() {
    FakePayroll steps = new FakePayroll(12);
    steps.during("freeze 002", () -> environment.current().pause(NOTE));

    assertThatNothingIsPaidUntilResumed(environment.run(steps), steps);
  }

  @Test
  void aPauseWhileTheFreezeIsConcludedStopsPaying() {
    FakePayroll steps = new FakePayroll(2);
    steps.during("conclude", () -> environment.current().pause(NOTE));

    assertThatNothingIsPaidUntilResumed(environment.run(steps), steps);
  }

  @Test
  void aPauseWhileAFreezeThatFailedWaitsForAnOperatorStopsPaying() {
    FakePayroll steps = new FakePayroll(3).failingToFreeze(15);
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));

    payroll.pause(NOTE);
    payroll.signalRetry(NOTE);

    assertThatNothingIsPaidUntilResumed(payroll, steps);
  }

  @Test
  void aPauseHoldsWhenAFreezeOfManyPagesIsContinuedAsNew() {
    FakePayroll steps = new FakePayroll(620);
    steps.during("freeze 490", () -> environment.current().pause(NOTE));

    assertThatNothingIsPaidUntilResumed(environment.run(steps), steps);
  }

  @Test
  void aPauseBeforeTheApprovalHoldsWhenTheRunIsContinuedAsNew() {
    FakePayroll steps = new FakePayroll(1).toBeApproved();
    PayrollWorkflow payroll = environment.run(steps);
    payroll.pause(NOTE);

    environment.fillHistory();
    environment.pass(Duration.ofHours(1));
    steps.approve(0);
    environment.current().wake();

    assertThatNothingIsPaidUntilResumed(environment.current(), steps);
  }

  @Test
  void aPauseStopsThePagesThatAreNotBegun() {
    FakePayroll steps = new FakePayroll(12);
    steps.during("pay 001", () -> environment.current().pause(NOTE));
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));

    assertThat(steps.statuses().split(" ")).startsWith("frozen").endsWith("frozen", "frozen");
    assertThat(payroll.waitingFor()).contains("resume");

    payroll.resume(NOTE);

    assertThat(environment.result(payroll)).isEqualTo(Result.COMPLETED);
    assertThat(steps.statuses()).doesNotContain("frozen");
  }

  @Test
  void aPauseHoldsWhenManyPagesOfPayoutsAreContinuedAsNew() {
    FakePayroll steps = new FakePayroll(620);
    steps.during("pay 499", () -> environment.current().pause(NOTE));
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));

    assertThat(steps.statuses()).endsWith("frozen frozen frozen");
    assertThat(environment.current().waitingFor()).contains("resume");
    environment.current().resume(NOTE);
    assertThat(environment.result(payroll)).isEqualTo(Result.COMPLETED);
  }

  @Test
  void aPauseWhileAPageWaitsForItsNextTryStopsPaying() {
    FakePayroll steps = new FakePayroll(1);
    steps.during(
        "pay 001",
        () -> {
          environment.current().pause(NOTE);
          throw new IllegalStateException("not reached");
        });

    assertThatNothingIsPaidUntilResumed(environment.run(steps), steps);
  }

  @Test
  void aPauseWhileTheRunWaitsForMoneyHoldsThroughTheRetry() {
    FakePayroll steps =
        new FakePayroll(1).provider(() -> FakePayroll.withheld("insufficient-balance"));
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));

    payroll.pause(NOTE);
    payroll.signalRetry(NOTE);

    assertThatNothingIsPaidUntilResumed(payroll, steps);
  }

  @Test
  void aPauseWhileTheRunWaitsForMoneyHoldsWhenTheRetryIsContinuedAsNew() {
    FakePayroll steps =
        new FakePayroll(1).provider(() -> FakePayroll.withheld("insufficient-balance"));
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));

    payroll.pause(NOTE);
    environment.fillHistory();
    payroll.signalRetry(NOTE);

    assertThatNothingIsPaidUntilResumed(environment.current(), steps);
  }

  @Test
  void aPauseWhileSomePayoutsAreUnknownHoldsUntilItIsResumed() {
    FakePayroll steps = new FakePayroll(2).provider(FakePayroll::unknown);
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));

    payroll.pause(NOTE);
    environment.pass(Duration.ofHours(3));
    assertThat(payroll.waitingFor()).contains("resume");
    payroll.resume(NOTE);
    environment.pass(Duration.ofHours(3));
    assertThat(payroll.waitingFor()).contains("1 to be found out about");
    steps.settle();

    assertThat(environment.result(payroll)).isEqualTo(Result.COMPLETED);
  }

  @Test
  void aSecondPauseHoldsAsTheFirstDid() {
    FakePayroll steps = new FakePayroll(3).toBeApproved();
    PayrollWorkflow payroll = environment.run(steps);
    payroll.pause(NOTE);
    payroll.resume(NOTE);
    payroll.pause(NOTE);

    steps.approve(0);
    payroll.wake();

    assertThatNothingIsPaidUntilResumed(payroll, steps);
  }

  @Test
  void aPauseThatWasResumedBeforeAnythingWasPaidLeavesTheRunAlone() {
    FakePayroll steps = new FakePayroll(3).toBeApproved();
    PayrollWorkflow payroll = environment.run(steps);
    payroll.pause(NOTE);
    payroll.resume(NOTE);

    steps.approve(0);
    payroll.wake();

    assertThat(environment.result(payroll)).isEqualTo(Result.COMPLETED);
    assertThat(steps.done).doesNotContain("pause operator");
  }

  @Test
  void aResumeWhileTheRunWaitsForMoneyLeavesItToTheRetry() {
    FakePayroll steps =
        new FakePayroll(1).provider(() -> FakePayroll.withheld("insufficient-balance"));
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));
    payroll.pause(NOTE);
    payroll.resume(NOTE);
    environment.pass(Duration.ofHours(1));
    assertThat(steps.statuses()).isEqualTo("frozen");

    payroll.signalRetry(NOTE);

    assertThat(environment.result(payroll)).isEqualTo(Result.COMPLETED);
    assertThat(steps.done).doesNotContain("pause operator");
  }

  @Test
  void aRunThatWasCancelledInTemporalCanStillBePaused() {
    FakePayroll steps = new FakePayroll(6);
    steps.during(
        "freeze 002",
        () -> {
          WorkflowStub.fromTyped(environment.current()).cancel();
          environment.current().pause(NOTE);
        });
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));

    assertThat(steps.statuses()).doesNotContain("paid", "earned");
    assertThat(payroll.waitingFor()).contains("resume");
    payroll.resume(NOTE);

    assertThatThrownBy(() -> environment.result(payroll))
        .hasRootCauseInstanceOf(CanceledFailure.class);
    assertThat(steps.statuses()).doesNotContain("frozen");
  }

  @Test
  void aPausedRunThatWasLostIsStillPaused() {
    FakePayroll steps = new FakePayroll(2);
    steps.during("conclude", () -> environment.current().pause(NOTE));
    PayrollWorkflow lost = environment.run(steps);
    environment.pass(Duration.ofHours(1));

    assertThatNothingIsPaidUntilResumed(environment.loseAndStart(lost), steps);
  }

  @Test
  void anOperatorIsToldWhatTheRunIsPausedFor() {
    FakePayroll steps = new FakePayroll(1);
    steps.provider(() -> {
      steps.paused("violation");
      return FakePayroll.withheld("insufficient-balance");
    });
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));

    assertThat(steps.opened).extracting(AttentionItem::reason).containsExactly("violation");
    payroll.signalRetry(NOTE);
    assertThat(environment.result(payroll)).isEqualTo(Result.COMPLETED);
  }

  @Test
  void aPauseIsKeptWhenARunThatIsNotFrozenYetIsLost() {
    FakePayroll steps = new FakePayroll(2).toBeApproved();
    PayrollWorkflow lost = environment.run(steps);
    lost.pause(NOTE);

    PayrollWorkflow payroll = environment.loseAndStart(lost);
    steps.approve(0);
    payroll.wake();

    assertThatNothingIsPaidUntilResumed(payroll, steps);
  }

  @Test
  void aRetryEndsNoOperatorsPause() {
    FakePayroll steps = new FakePayroll(1);
    steps.during(
        "pay 001",
        () -> {
          steps.paused("violation");
          environment.current().pause(NOTE);
        });
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));
    payroll.resume(NOTE);
    environment.pass(Duration.ofHours(1));
    assertThat(steps.statuses()).as("needs the retry").isEqualTo("frozen");

    payroll.pause(NOTE);
    payroll.signalRetry(NOTE);

    assertThatNothingIsPaidUntilResumed(payroll, steps);
  }

  @Test
  void aPauseInMidPageStopsThatPageAndAResumePaysItsRest() {
    FakePayroll steps = new FakePayroll(1).provider(() -> FakePayroll.withheld("operator"));
    PayrollWorkflow payroll = environment.run(steps);

    assertThat(environment.result(payroll)).as("resumed already").isEqualTo(Result.COMPLETED);
    assertThat(steps.done).containsSubsequence("pay 001", "pay 001");
  }

  private void assertThatNothingIsPaidUntilResumed(PayrollWorkflow payroll, FakePayroll steps) {
    environment.pass(Duration.ofHours(1));
    assertThat(steps.statuses()).doesNotContain("paid", "earned");
    assertThat(payroll.waitingFor()).contains("resume");

    payroll.resume(NOTE);

    assertThat(environment.result(payroll)).isEqualTo(Result.COMPLETED);
    assertThat(steps.statuses()).doesNotContain("frozen");
  }
}
