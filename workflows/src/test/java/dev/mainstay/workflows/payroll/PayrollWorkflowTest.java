package dev.mainstay.workflows.payroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps.Resolution;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.page.Pages.Progress;
import dev.mainstay.workflows.payroll.PayrollWorkflow.Approval;
import dev.mainstay.workflows.payroll.PayrollWorkflow.Input;
import dev.mainstay.workflows.payroll.PayrollWorkflow.Result;
import dev.mainstay.workflows.step.OperatorAction;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PayrollWorkflowTest {

  private static final OperatorNote NOTE = new OperatorNote("ana", "looked into it");
  private static final Approval APPROVAL = new Approval(new UUID(0, 2).toString());
  private static final String ID = PayrollWorkflow.id("weekly", LocalDate.parse("2026-01-05"));

  private @Nullable TestWorkflowEnvironment open;

  @AfterEach
  void close() {
    if (open != null) {
      open.close();
    }
  }

  @Test
  void aRunIsFrozenPaidAndHasItsReceipts() {
    FakePayroll steps = new FakePayroll(3);

    assertThat(result(run(steps))).isEqualTo(Result.COMPLETED);

    assertThat(ID).isEqualTo("payroll/weekly/2026-01-05");
    assertThat(steps.statuses()).isEqualTo("paid paid paid");
    assertThat(steps.done)
        .containsOnlyOnce("begin", "freeze 001", "freeze 002", "freeze 003", "conclude")
        .containsOnlyOnce("pay 001", "pay 002", "pay 003")
        .containsOnlyOnce("receipts 001", "receipts 002", "receipts 003");
    assertThat(temporal().getWorkflowClient().newWorkflowStub(Progress.class, ID).progress())
        .isEqualTo("3/3");
  }

  @Test
  void nothingIsFrozenBeforeTheApprovalIsThereWhateverIsSignalled() {
    FakePayroll steps = new FakePayroll(1).toBeApproved();
    PayrollWorkflow payroll = run(steps);
    temporal().sleep(Duration.ofDays(2));
    assertThat(payroll.waitingFor()).contains("approve");

    payroll.approve(APPROVAL);
    temporal().sleep(Duration.ofHours(1));
    assertThat(steps.statuses()).isEqualTo("earned");

    steps.approve(0);
    payroll.approve(APPROVAL);
    assertThat(result(payroll)).isEqualTo(Result.COMPLETED);
  }

  @Test
  void whatIsNotWhatWasApprovedIsProposedAgain() {
    FakePayroll steps = new FakePayroll(1).toBeApproved();
    PayrollWorkflow payroll = run(steps);
    steps.approve(1);
    payroll.wake();
    temporal().sleep(Duration.ofHours(1));
    assertThat(steps.statuses()).isEqualTo("earned");

    steps.approve(0);
    payroll.wake();

    assertThat(result(payroll)).isEqualTo(Result.COMPLETED);
    assertThat(steps.done)
        .containsSubsequence("propose", "conclude", "propose", "conclude", "pay 001");
  }

  @Test
  void aRunThatWaitsForApprovalEndsWhenItIsCancelled() {
    FakePayroll steps = new FakePayroll(1).toBeApproved();
    PayrollWorkflow payroll = run(steps);
    temporal().sleep(Duration.ofHours(1));

    steps.cancelled();
    payroll.wake();

    assertThat(result(payroll)).isEqualTo(Result.CANCELLED);
    assertThat(steps.done).doesNotContain("freeze 001");
  }

  @Test
  void cancellingInTemporalEndsOnlyWhatWaitsForApproval() {
    FakePayroll waiting = new FakePayroll(1).toBeApproved();
    PayrollWorkflow payroll = run(waiting);
    temporal().sleep(Duration.ofHours(1));

    WorkflowStub.fromTyped(payroll).cancel();

    assertThatThrownBy(() -> result(payroll)).hasRootCauseInstanceOf(CanceledFailure.class);
    assertThat(waiting.done).doesNotContain("freeze 001");
    assertThat(waiting.recorded).hasSize(1);
  }

  @Test
  void moneyThatIsFrozenIsPaidWhoeverCancelsInTemporal() {
    FakePayroll steps = new FakePayroll(1).provider(FakePayroll::unknown);
    PayrollWorkflow payroll = run(steps);
    temporal().sleep(Duration.ofHours(1));

    WorkflowStub.fromTyped(payroll).cancel();
    temporal().sleep(Duration.ofHours(5));
    assertThat(payroll.waitingFor()).contains("1 to be found out about");
    steps.settle();
    payroll.settled();

    assertThatThrownBy(() -> result(payroll)).hasRootCauseInstanceOf(CanceledFailure.class);
    assertThat(steps.statuses()).isEqualTo("paid");
    assertThat(steps.finish(new UUID(0, 1)).stage()).isEqualTo(PayrollStage.COMPLETED);
  }

  @Test
  void tooLittleBalancePausesTheRunWithOneItemAndARetryPaysTheRest() {
    FakePayroll steps =
        new FakePayroll(12)
            .provider(() -> FakePayroll.paused("insufficient-balance"))
            .provider(() -> FakePayroll.paused("insufficient-balance"));
    PayrollWorkflow payroll = run(steps);
    temporal().sleep(Duration.ofHours(1));

    AttentionItem item = steps.opened.element();
    assertThat(steps.opened).hasSize(1);
    assertThat(item.process()).isEqualTo("payroll");
    assertThat(item.businessKey()).isEqualTo(ID);
    assertThat(item.reason()).isEqualTo("insufficient-balance");
    assertThat(item.actions()).containsExactly(OperatorAction.RETRY);
    assertThat(steps.done).containsOnlyOnce("pause insufficient-balance");
    assertThat(steps.statuses()).contains("frozen frozen frozen");

    payroll.retry(NOTE);

    assertThat(result(payroll)).isEqualTo(Result.COMPLETED);
    assertThat(steps.statuses()).doesNotContain("frozen");
    assertThat(steps.resolved).extracting(Resolution::action).containsExactly(OperatorAction.RETRY);
  }

  @Test
  void aPageThatCannotBeFrozenWaitsForAnOperatorAndAllIsFrozenAfterwards() {
    FakePayroll steps = new FakePayroll(3).failingToFreeze(15);
    PayrollWorkflow payroll = run(steps);
    temporal().sleep(Duration.ofHours(1));
    assertThat(steps.opened.element().step()).isEqualTo("freeze");
    assertThat(steps.opened.element().error()).isEqualTo("deadlock detected");
    assertThat(steps.done).doesNotContain("conclude");

    payroll.retry(NOTE);

    assertThat(result(payroll)).isEqualTo(Result.COMPLETED);
    assertThat(steps.statuses()).isEqualTo("paid paid paid");
  }

  @Test
  void receiptsThatFailHoldUpNoMoney() {
    FakePayroll steps = new FakePayroll(2).failingReceipts(10);
    PayrollWorkflow payroll = run(steps);
    temporal().sleep(Duration.ofHours(1));
    assertThat(steps.statuses()).isEqualTo("paid paid");

    temporal().sleep(Duration.ofHours(1));
    assertThat(result(payroll)).isEqualTo(Result.COMPLETED);
    assertThat(steps.done).contains("receipts 001", "receipts 002");
  }

  @Test
  void receiptsThatGoOnFailingCanBeSkipped() {
    FakePayroll steps = new FakePayroll(1).failingReceipts(10);
    PayrollWorkflow payroll = run(steps);
    temporal().sleep(Duration.ofHours(1));
    assertThat(steps.opened.element().step()).isEqualTo("receipts");
    assertThat(steps.opened.element().actions())
        .containsExactly(OperatorAction.RETRY, OperatorAction.SKIP);

    payroll.skip(NOTE);

    assertThat(result(payroll)).isEqualTo(Result.COMPLETED);
  }

  @Test
  void whatIsUnknownIsLookedAtUntilItIsKnown() {
    FakePayroll steps = new FakePayroll(2).provider(FakePayroll::unknown);
    PayrollWorkflow payroll = run(steps);
    temporal().sleep(Duration.ofDays(3));
    assertThat(steps.opened).isEmpty();
    assertThat(payroll.waitingFor()).contains("0 payouts to be paid and 1 to be found out about");

    steps.settle();

    assertThat(result(payroll)).isEqualTo(Result.COMPLETED);
    assertThat(steps.done.stream().filter(done -> done.startsWith("pay "))).hasSize(2);
  }

  @Test
  void anOperatorPausesAndResumes() {
    FakePayroll steps = new FakePayroll(1).toBeApproved();
    PayrollWorkflow payroll = run(steps);
    temporal().sleep(Duration.ofHours(1));

    payroll.pauseAndTell(NOTE);
    steps.approve(0);
    payroll.wake();
    temporal().sleep(Duration.ofHours(1));
    assertThat(steps.statuses()).isEqualTo("frozen");
    assertThat(steps.done).contains("pause operator");
    assertThat(steps.opened).isEmpty();
    assertThat(payroll.waitingFor()).contains("resume");

    payroll.resumeAndTell(NOTE);

    assertThat(result(payroll)).isEqualTo(Result.COMPLETED);
    assertThat(steps.recorded).hasSize(2).allMatch(signal -> signal.refusal() == null);
  }

  @Test
  void whatIsNotPausedIsNotResumed() {
    FakePayroll steps = new FakePayroll(1).toBeApproved();
    PayrollWorkflow payroll = run(steps);

    assertThatThrownBy(() -> payroll.resumeAndTell(NOTE))
        .isInstanceOf(WorkflowUpdateException.class)
        .hasStackTraceContaining("no operator paused the run");
    payroll.resume(NOTE);
    temporal().sleep(Duration.ofHours(1));

    assertThat(steps.recorded)
        .singleElement()
        .satisfies(signal -> assertThat(signal.refusal()).isEqualTo("no operator paused the run"));
  }

  @Test
  void manyPagesLeaveABoundedHistory() {
    FakePayroll steps = new FakePayroll(620);

    assertThat(result(run(steps))).isEqualTo(Result.COMPLETED);

    assertThat(steps.statuses()).doesNotContain("frozen", "earned");
    assertThat(steps.done.stream().filter("begin"::equals)).hasSize(3);
    assertThat(steps.done.stream().filter(done -> !done.equals("begin")))
        .doesNotHaveDuplicates()
        .hasSize(3 * 620 + 1);
  }

  private TestWorkflowEnvironment temporal() {
    if (open == null) {
      throw new IllegalStateException("nothing runs");
    }
    return open;
  }

  private PayrollWorkflow run(FakePayroll steps) {
    TestWorkflowEnvironment temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .registerSearchAttribute(
                    SearchAttributes.NEEDS_ATTENTION.getName(),
                    IndexedValueType.INDEXED_VALUE_TYPE_BOOL)
                .registerSearchAttribute(
                    SearchAttributes.ATTENTION_REASON.getName(),
                    IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute(
                    SearchAttributes.PROGRESS.getName(),
                    IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .build());
    open = temporal;
    var processes = temporal.newWorker(TaskQueues.PROCESSES);
    processes.registerWorkflowImplementationTypes(PayrollWorkflowImpl.class);
    processes.registerActivitiesImplementations(steps);
    temporal.newWorker(TaskQueues.PAYMENTS).registerActivitiesImplementations(steps);
    temporal.newWorker(TaskQueues.BULK).registerActivitiesImplementations(steps);
    temporal.start();
    PayrollWorkflow workflow =
        temporal
            .getWorkflowClient()
            .newWorkflowStub(
                PayrollWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(ID)
                    .setTaskQueue(TaskQueues.PROCESSES)
                    .build());
    var _ = WorkflowClient.start(workflow::run, new Input(new UUID(0, 1), "correlation", null));
    return workflow;
  }

  private static Result result(PayrollWorkflow workflow) {
    return WorkflowStub.fromTyped(workflow).getResult(Result.class);
  }
}
