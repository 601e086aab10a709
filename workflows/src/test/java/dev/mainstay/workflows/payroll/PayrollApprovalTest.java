package dev.mainstay.workflows.payroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps.Resolution;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.payroll.PayrollWorkflow.Approval;
import dev.mainstay.workflows.payroll.PayrollWorkflow.Result;
import dev.mainstay.workflows.step.OperatorAction;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A run waits for the approval of what it proposes, moves once it has it, and can be cancelled. */
class PayrollApprovalTest {

  private static final OperatorNote NOTE = new OperatorNote("ana", "looked into it");
  private static final Approval APPROVAL = new Approval(new UUID(0, 2).toString());

  @AutoClose private final PayrollTestEnvironment environment = new PayrollTestEnvironment();

  @Test
  void nothingIsFrozenBeforeTheApprovalIsThereWhateverIsSignalled() {
    FakePayroll steps = new FakePayroll(1).toBeApproved();
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofDays(2));
    assertThat(payroll.waitingFor()).contains("approve");

    payroll.approve(APPROVAL);
    environment.pass(Duration.ofHours(1));
    assertThat(steps.statuses()).isEqualTo("earned");

    steps.approve(0);
    payroll.approve(APPROVAL);
    assertThat(environment.result(payroll)).isEqualTo(Result.COMPLETED);
  }

  @Test
  void whatIsNotWhatWasApprovedIsProposedAgain() {
    FakePayroll steps = new FakePayroll(1).toBeApproved();
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));
    steps.approve(1);
    payroll.wake();
    environment.pass(Duration.ofHours(1));
    assertThat(steps.statuses()).isEqualTo("earned");

    steps.approve(0);
    payroll.wake();

    assertThat(environment.result(payroll)).isEqualTo(Result.COMPLETED);
    assertThat(steps.done)
        .containsSubsequence("propose", "conclude", "propose", "conclude", "pay 001");
  }

  @Test
  void aRunThatWaitsForApprovalEndsWhenItIsCancelled() {
    FakePayroll steps = new FakePayroll(1).toBeApproved();
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));

    steps.cancelled();
    payroll.wake();

    assertThat(environment.result(payroll)).isEqualTo(Result.CANCELLED);
    assertThat(steps.done).doesNotContain("freeze 001");
  }

  @Test
  void aPeriodThatIsAskedForAgainIsAnotherRunUnderTheSameId() {
    FakePayroll steps = new FakePayroll(1).toBeApproved();
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));

    steps.cancelled();
    steps.askAgain();
    payroll.wake();

    assertThat(environment.result(payroll)).isEqualTo(Result.COMPLETED);
    assertThat(steps.begun).containsExactly(PayrollTestEnvironment.RUN, new UUID(0, 2));
    assertThat(steps.statuses()).isEqualTo("paid");
  }

  @Test
  void cancellingInTemporalEndsOnlyWhatWaitsForApproval() {
    FakePayroll waiting = new FakePayroll(1).toBeApproved();
    PayrollWorkflow payroll = environment.run(waiting);
    environment.pass(Duration.ofHours(1));

    WorkflowStub.fromTyped(payroll).cancel();

    assertThatThrownBy(() -> environment.result(payroll))
        .hasRootCauseInstanceOf(CanceledFailure.class);
    assertThat(waiting.done).doesNotContain("freeze 001");
    assertThat(waiting.recorded).hasSize(1);
  }

  @Test
  void moneyThatIsFrozenIsPaidWhoeverCancelsInTemporal() {
    FakePayroll steps = new FakePayroll(1).provider(FakePayroll::unknown);
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));

    WorkflowStub.fromTyped(payroll).cancel();
    environment.pass(Duration.ofHours(5));
    assertThat(payroll.waitingFor()).contains("1 to be found out about");
    steps.settle();
    payroll.settled();

    assertThatThrownBy(() -> environment.result(payroll))
        .hasRootCauseInstanceOf(CanceledFailure.class);
    assertThat(steps.statuses()).isEqualTo("paid");
    assertThat(steps.finish(new UUID(0, 1)).stage()).isEqualTo(PayrollStage.COMPLETED);
  }

  @Test
  void anApprovalOfWhatWasProposedBeforeDoesNotCount() {
    FakePayroll steps = new FakePayroll(1).toBeApproved();
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));
    steps.approve(0);
    steps.proposeOther();
    payroll.wake();
    environment.pass(Duration.ofHours(1));
    assertThat(steps.statuses()).isEqualTo("earned");
    assertThat(payroll.waitingFor()).contains("approve");

    steps.approve(0);
    payroll.wake();

    assertThat(environment.result(payroll)).isEqualTo(Result.COMPLETED);
  }

  @Test
  void anApprovalWhileItIsProposedIsTakenUp() {
    FakePayroll steps = new FakePayroll(1).toBeApproved();
    steps.during(
        "propose",
        () -> {
          steps.approve(0);
          environment.current().wake();
          throw new IllegalStateException("statement timeout");
        });

    assertThat(environment.result(environment.run(steps))).isEqualTo(Result.COMPLETED);
  }

  @Test
  void anApprovalWhileAProposalThatFailedWaitsForAnOperatorIsTakenUp() {
    FakePayroll steps = new FakePayroll(1).toBeApproved().failingToPropose(5);
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));
    assertThat(steps.opened).extracting(AttentionItem::step).containsExactly("propose");

    steps.approve(0);
    payroll.wake();
    environment.pass(Duration.ofHours(1));

    assertThat(steps.statuses()).isEqualTo("paid");
    assertThat(steps.resolved).extracting(Resolution::step).containsExactly("propose");
  }

  @Test
  void aCancellationWhileAProposalThatFailedWaitsForAnOperatorEndsTheRun() {
    FakePayroll steps = new FakePayroll(1).toBeApproved().failingToPropose(5);
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));

    steps.cancelled();
    payroll.wake();
    environment.pass(Duration.ofHours(1));

    assertThat(status()).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
    assertThat(steps.resolved).extracting(Resolution::step).containsExactly("propose");
  }

  @Test
  void cancellingInTemporalWhileAProposalThatFailedWaitsForAnOperatorEndsTheRun() {
    FakePayroll steps = new FakePayroll(1).toBeApproved().failingToPropose(5);
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));

    WorkflowStub.fromTyped(payroll).cancel();
    environment.pass(Duration.ofHours(1));

    assertThat(status()).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
    assertThat(steps.resolved).extracting(Resolution::step).containsExactly("propose");
    assertThat(steps.begin(PayrollTestEnvironment.RUN).stage()).isEqualTo(PayrollStage.CANCELLED);
  }

  @Test
  void anApprovedRunThatWasLostBeforeItMovedGoesOnWhenItIsStartedAgain() {
    FakePayroll steps = new FakePayroll(1).toBeApproved();
    PayrollWorkflow lost = environment.run(steps);
    environment.pass(Duration.ofHours(1));
    steps.approve(0);

    environment.loseAndStart(lost);
    environment.pass(Duration.ofHours(1));

    assertThat(steps.statuses()).isEqualTo("paid");
  }

  @Test
  void anApprovalWhileTheRunIsContinuedAsNewIsTakenUp() {
    FakePayroll steps = new FakePayroll(1).toBeApproved();
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));
    // The first try is a local one, during which no signal is heard.
    steps.during(
        "approval",
        () -> {
          steps.during(
              "approval",
              () -> {
                steps.approve(0);
                environment.current().wake();
              });
          throw new IllegalStateException("connection lost");
        });

    environment.fillHistory();
    environment.pass(Duration.ofHours(1));

    assertThat(steps.statuses()).isEqualTo("paid");
    assertThat(environment.result(payroll)).isEqualTo(Result.COMPLETED);
  }

  @Test
  void cancellingInTemporalWhatNoLongerWaitsForApprovalIsRefused() {
    FakePayroll steps = new FakePayroll(3).toBeApproved();
    steps.during("freeze 001", () -> WorkflowStub.fromTyped(environment.current()).cancel());
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));
    steps.approve(1);
    payroll.wake();
    environment.pass(Duration.ofHours(1));

    assertThat(steps.recorded)
        .singleElement()
        .satisfies(signal -> {
          assertThat(signal.action()).isEqualTo(OperatorAction.CANCEL);
          assertThat(signal.note().by()).isEqualTo("temporal");
          assertThat(signal.refusal()).contains("does not wait for approval");
        });
    assertThat(payroll.waitingFor())
        .as("asked for anew, since the set changed")
        .contains("approve");
  }

  @Test
  void anOperatorCancelsARunThatWaitsForApproval() {
    FakePayroll steps = new FakePayroll(1).toBeApproved();
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));

    payroll.cancel(NOTE);

    assertThat(environment.result(payroll)).isEqualTo(Result.CANCELLED);
    assertThat(steps.cancelledBy).containsExactly(NOTE);
    assertThat(steps.recorded)
        .singleElement()
        .satisfies(signal -> {
          assertThat(signal.action()).isEqualTo(OperatorAction.CANCEL);
          assertThat(signal.refusal()).isNull();
        });
  }

  @Test
  void aRunThatIsApprovedIsNotCancelled() {
    FakePayroll steps = new FakePayroll(2).toBeApproved();
    PayrollWorkflow payroll = environment.run(steps);
    steps.during(
        "freeze 001",
        () ->
            assertThatThrownBy(() -> payroll.cancel(NOTE))
                .isInstanceOf(WorkflowUpdateException.class)
                .hasStackTraceContaining("does not wait for approval"));
    environment.pass(Duration.ofHours(1));
    steps.approve(0);
    payroll.wake();

    assertThat(environment.result(payroll)).isEqualTo(Result.COMPLETED);
    assertThat(steps.done).containsOnlyOnce("freeze 001");
  }

  @Test
  void anApprovalThatWasQuickerThanACancellationHolds() {
    FakePayroll steps = new FakePayroll(1).toBeApproved();
    PayrollWorkflow payroll = environment.run(steps);
    environment.pass(Duration.ofHours(1));
    var cancellation = new CompletableFuture<WorkflowUpdateHandle<Void>>();
    // The first try is a local one, during which nothing is heard.
    steps.during(
        "approval",
        () -> {
          steps.during("approval", () -> cancellation.complete(cancellationAccepted()));
          throw new IllegalStateException("connection lost");
        });

    steps.approve(0);
    payroll.wake();

    assertThat(environment.result(payroll)).isEqualTo(Result.COMPLETED);
    assertThat(steps.statuses()).isEqualTo("paid");
    assertThatThrownBy(() -> cancellation.join().getResult())
        .isInstanceOf(WorkflowUpdateException.class)
        .hasStackTraceContaining("does not wait for approval");
  }

  private WorkflowUpdateHandle<Void> cancellationAccepted() {
    return WorkflowStub.fromTyped(environment.current())
        .startUpdate("cancel", WorkflowUpdateStage.ACCEPTED, Void.class, NOTE);
  }

  @Test
  void aPausedRunThatWaitsForApprovalCanBeCancelled() {
    FakePayroll steps = new FakePayroll(1).toBeApproved();
    PayrollWorkflow payroll = environment.run(steps);
    payroll.pause(NOTE);

    WorkflowStub.fromTyped(payroll).cancel();

    assertThatThrownBy(() -> environment.result(payroll))
        .hasRootCauseInstanceOf(CanceledFailure.class);
    assertThat(steps.begin(PayrollTestEnvironment.RUN).stage()).isEqualTo(PayrollStage.CANCELLED);
  }

  private WorkflowExecutionStatus status() {
    return WorkflowStub.fromTyped(environment.current()).describe().getStatus();
  }
}
