package dev.mainstay.workflows.payroll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.workflows.HistoryRecorder;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps.Resolution;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.page.Pages.Progress;
import dev.mainstay.workflows.payroll.PayrollWorkflow.Result;
import dev.mainstay.workflows.step.OperatorAction;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PayrollWorkflowTest {

  private static final OperatorNote NOTE = new OperatorNote("ana", "looked into it");

  @AutoClose private final PayrollTestEnvironment environment = new PayrollTestEnvironment();

  @Test
  void aRunIsFrozenPaidAndHasItsReceipts() {
    FakePayroll steps = new FakePayroll(3);

    assertThat(environment.result(environment.run(steps))).isEqualTo(Result.COMPLETED);

    record("payroll-1-completed");
    assertThat(PayrollTestEnvironment.ID).isEqualTo("payroll/weekly/2026-01-05");
    assertThat(steps.statuses()).isEqualTo("paid paid paid");
    assertThat(steps.done)
        .containsOnlyOnce("begin", "freeze 001", "freeze 002", "freeze 003", "conclude")
        .containsOnlyOnce("pay 001", "pay 002", "pay 003")
        .containsOnlyOnce("receipts 001", "receipts 002", "receipts 003");
    assertThat(
            environment
                .temporal
                .getWorkflowClient()
                .newWorkflowStub(Progress.class, PayrollTestEnvironment.ID)
                .progress())
        .isEqualTo("3/3");
  }

  @Test
  void tooLittleBalancePausesTheRunWithOneItemAndARetryPaysTheRest() {
    FakePayroll steps =
        new FakePayroll(12)
            .provider(() -> FakePayroll.withheld("insufficient-balance"))
            .provider(() -> FakePayroll.withheld("insufficient-balance"));
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));

    AttentionItem item = steps.opened.element();
    assertThat(steps.opened).hasSize(1);
    assertThat(item.process()).isEqualTo("payroll");
    assertThat(item.businessKey()).isEqualTo(PayrollTestEnvironment.ID);
    assertThat(item.reason()).isEqualTo("insufficient-balance");
    assertThat(item.actions()).containsExactly(OperatorAction.RETRY);
    assertThat(steps.done).containsOnlyOnce("pause insufficient-balance");
    assertThat(steps.statuses()).contains("frozen frozen frozen");

    payroll.signalRetry(NOTE);

    assertThat(environment.result(payroll)).isEqualTo(Result.COMPLETED);
    assertThat(steps.statuses()).doesNotContain("frozen");
    assertThat(steps.resolved).extracting(Resolution::action).containsExactly(OperatorAction.RETRY);
  }

  @Test
  void aPageThatCannotBeFrozenWaitsForAnOperatorAndAllIsFrozenAfterwards() {
    FakePayroll steps = new FakePayroll(3).failingToFreeze(15);
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));
    assertThat(steps.opened.element().step()).isEqualTo("freeze");
    assertThat(steps.opened.element().error()).isEqualTo("deadlock detected");
    assertThat(steps.done).doesNotContain("conclude");

    payroll.signalRetry(NOTE);

    assertThat(environment.result(payroll)).isEqualTo(Result.COMPLETED);
    assertThat(steps.statuses()).isEqualTo("paid paid paid");
  }

  @Test
  void receiptsThatFailHoldUpNoMoney() {
    FakePayroll steps = new FakePayroll(2).failingReceipts(10);
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));
    assertThat(steps.statuses()).isEqualTo("paid paid");

    environment.pass(Duration.ofHours(1));
    assertThat(environment.result(payroll)).isEqualTo(Result.COMPLETED);
    assertThat(steps.done).contains("receipts 001", "receipts 002");
  }

  @Test
  void receiptsThatGoOnFailingCanBeSkipped() {
    FakePayroll steps = new FakePayroll(1).failingReceipts(10);
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));
    assertThat(steps.opened.element().step()).isEqualTo("receipts");
    assertThat(steps.opened.element().actions())
        .containsExactly(OperatorAction.RETRY, OperatorAction.SKIP);

    payroll.signalSkip(NOTE);

    assertThat(environment.result(payroll)).isEqualTo(Result.COMPLETED);
  }

  @Test
  void whatIsUnknownIsLookedAtUntilItIsKnown() {
    FakePayroll steps = new FakePayroll(2).provider(FakePayroll::unknown);
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofDays(3));
    assertThat(steps.opened).isEmpty();
    assertThat(payroll.waitingFor()).contains("0 payouts to be paid and 1 to be found out about");

    steps.settle();

    assertThat(environment.result(payroll)).isEqualTo(Result.COMPLETED);
    assertThat(steps.done.stream().filter(done -> done.startsWith("pay "))).hasSize(2);
  }

  @Test
  void transfersThatNobodyKnowsHoldTheRunWithOneItemUntilTheyAreDecided() {
    FakePayroll steps = new FakePayroll(3).unknownTransfers(2);
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofDays(2));

    assertThat(steps.statuses()).isEqualTo("frozen frozen frozen");
    assertThat(steps.opened)
        .singleElement()
        .satisfies(item -> {
          assertThat(item.reason()).isEqualTo("unknown-transfers");
          assertThat(item.error()).startsWith("2 transfers that this database does not know");
          assertThat(item.actions())
              .containsExactly(OperatorAction.RETRY, OperatorAction.ADOPT, OperatorAction.NOT_OURS);
          assertThat(item.amountMinor()).isEqualTo(7);
          assertThat(item.currency()).isEqualTo("USD");
        });

    steps.adopt();
    payroll.signalRetry(NOTE);
    environment.pass(Duration.ofDays(1));
    assertThat(steps.statuses()).as("one is left").isEqualTo("paid frozen frozen");
    assertThat(steps.opened).hasSize(2);

    steps.adopt();
    payroll.signalRetry(NOTE);

    assertThat(environment.result(payroll)).isEqualTo(Result.COMPLETED);
    record("payroll-1-held-by-transfers");
    assertThat(steps.statuses()).isEqualTo("paid paid paid");
    assertThat(steps.done)
        .doesNotContain("pay 001", "pay 002")
        .containsOnlyOnce("pay 003")
        .contains("receipts ffffffff-ffff-ffff-ffff-ffffffffffff");
  }

  @Test
  void theProvidersListIsReadOnceBeforeTheFirstPayout() {
    FakePayroll steps = new FakePayroll(2);

    assertThat(environment.result(environment.run(steps))).isEqualTo(Result.COMPLETED);

    assertThat(steps.done).containsOnlyOnce("check null", "check tr_1");
    assertThat(steps.done.indexOf("check tr_1")).isLessThan(steps.done.indexOf("pay 001"));
  }

  @Test
  void manyPagesLeaveABoundedHistory() {
    FakePayroll steps = new FakePayroll(620);

    assertThat(environment.result(environment.run(steps))).isEqualTo(Result.COMPLETED);

    assertThat(steps.statuses()).doesNotContain("frozen", "earned");
    assertThat(steps.done.stream().filter("begin"::equals)).hasSize(3);
    assertThat(
            steps.done.stream().filter(done -> !done.equals("begin") && !done.startsWith("check ")))
        .doesNotHaveDuplicates()
        .hasSize(3 * 620 + 1);
  }

  private void record(String name) {
    HistoryRecorder.record(environment.temporal, name, PayrollTestEnvironment.ID);
  }
}
