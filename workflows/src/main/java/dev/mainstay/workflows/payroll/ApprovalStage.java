package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.attention.AttentionWait;
import dev.mainstay.workflows.process.ProcessWorkflow;
import dev.mainstay.workflows.process.StepProblem;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import io.temporal.workflow.Workflow;
import java.util.UUID;

/**
 * Proposes what the run would pay, and waits until that is approved or cancelled (Temporal's
 * <i>Approval</i>). Unlike in the catalogue's pattern, the approval is a row, and the signal only
 * makes the run read it.
 */
final class ApprovalStage {

  private final ProcessWorkflow process;
  private final AttentionWait attention;
  private final UUID run;
  private boolean woken;
  private boolean proposalFailed;

  ApprovalStage(ProcessWorkflow process, AttentionWait attention, UUID run) {
    this.process = process;
    this.attention = attention;
    this.run = run;
  }

  /** The run's next stage after its approval or its cancellation. */
  PayrollStage await() {
    while (true) {
      woken = false;
      // Before anything is proposed: the approval may be there, and its signal lost.
      PayrollStage stage =
          process
              .run(PayrollProcess.APPROVAL, PayrollSteps.class, steps -> steps.applyApproval(run))
              .stage();
      if (stage != PayrollStage.APPROVAL) {
        return stage;
      }
      if (propose()) {
        attention.waitFor(
            "somebody to approve what it proposes", () -> Workflow.await(() -> woken));
      }
    }
  }

  /** False where it could not be proposed, and an operator or a signal has moved the run. */
  private boolean propose() {
    try {
      return StepRunner.run(
          PayrollProcess.PROPOSE,
          FreezeSteps.class,
          steps -> {
            steps.propose(run);
            return true;
          });
    } catch (StepGaveUp gaveUp) {
      if (!woken) {
        awaitOperator(StepProblem.of(gaveUp));
      }
      return false;
    }
  }

  private void awaitOperator(StepProblem problem) {
    proposalFailed = true;
    try {
      var _ = process.awaitOperator(PayrollProcess.PROPOSE, problem);
    } finally {
      proposalFailed = false;
    }
  }

  /** The run's row, or its approval, may have changed. */
  void wake() {
    woken = true;
    if (proposalFailed) {
      attention.wake();
    }
  }
}
