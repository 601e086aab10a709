package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.attention.AttentionWait;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.process.ProcessWorkflow;
import dev.mainstay.workflows.step.Failures;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.StepRunner;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Functions.Func1;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.Optional;
import java.util.UUID;

/**
 * Approve what is proposed, where that is demanded; freeze; pay; and look until nothing is left.
 * The run's row holds its stage, so that a run that is continued as new, or started again, begins
 * there.
 */
public final class PayrollWorkflowImpl extends ProcessWorkflow implements PayrollWorkflow {

  private static final String NOT_AWAITING =
      "the run does not wait for approval: what it freezes is paid";

  private static final String OVER = "the run is over";
  private static final String NOT_PAUSED = "no operator paused the run";

  private final Input input;
  private final CancellationScope root = CancellationScope.current();
  private final PayrollPages pages;
  private final PayrollReceipts receipts;
  private final ApprovalStage approval;
  private final FreezeStage freezing;
  private final PayStage paying;
  private PayrollStage stage = PayrollStage.APPROVAL;

  @WorkflowInit
  public PayrollWorkflowImpl(Input input) {
    super(NAME, input.runId(), input.correlationId());
    this.input = input;
    UUID run = input.runId();
    Position from = input.from() == null ? Position.START : input.from();
    this.pages = new PayrollPages(from.pages());
    this.receipts = new PayrollReceipts(this, run, from.receiptsLeft());
    this.approval = new ApprovalStage(this, attention, run);
    this.freezing = new FreezeStage(this, run, pages);
    this.paying = new PayStage(this, attention, run, pages, receipts);
    refuseCancel(NOT_AWAITING);
  }

  @Override
  public Result run(Input ignored) {
    return complete(this::untilOver);
  }

  private Result untilOver() {
    UUID run = input.runId();
    stage = run(PayrollProcess.BEGIN, PayrollSteps.class, steps -> steps.begin(run)).stage();
    while (!stage.isOver()) {
      stage =
          switch (stage) {
            case APPROVAL -> cancellable(approval::await, this::cancelRun);
            case FREEZE -> freezing.freeze();
            case PAY, PAUSED -> paying.pay();
            case COMPLETED, CANCELLED -> throw new IllegalStateException("the run is over");
          };
      if (!stage.isOver()
          && (pages.areToBeContinued() || Workflow.getInfo().isContinueAsNewSuggested())) {
        continueAsNew();
      }
    }
    if (stage == PayrollStage.CANCELLED) {
      giveWay();
      return Result.CANCELLED;
    }
    return Result.COMPLETED;
  }

  /** Gives the run up, unless an approval was quicker. */
  private PayrollStage cancelRun(OperatorNote note) {
    PayrollStage now =
        run(PayrollProcess.CANCEL, PayrollSteps.class, steps -> steps.cancel(input.runId(), note))
            .stage();
    if (now != PayrollStage.CANCELLED) {
      refuseCancel(NOT_AWAITING);
    }
    return now;
  }

  /** A period that was cancelled and requested again has another run, under the same id. */
  private void giveWay() {
    UUID next =
        run(PayrollProcess.BEGIN, PayrollSteps.class, steps -> steps.successor(input.runId()));
    if (!next.equals(input.runId())) {
      continueAsNew(new Input(next, input.correlationId(), null));
    }
  }

  private void continueAsNew() {
    continueAsNew(
        new Input(
            input.runId(),
            input.correlationId(),
            new Position(pages.position(), receipts.remaining())));
  }

  /** Temporal ends a cancelled run instead of continuing it as new: such a run stays as it is. */
  private void continueAsNew(Input next) {
    if (!root.isCancelRequested()) {
      awaitHandlers();
      Workflow.continueAsNew(next);
    }
  }

  @Override
  public void approve(Approval reference) {
    wake();
  }

  @Override
  public void settled() {
    wake();
  }

  @Override
  public void wake() {
    approval.wake();
    paying.wake();
  }

  @Override
  public void pause(OperatorNote note) {
    requireDone(held(note));
  }

  @Override
  public void validatePause(OperatorNote note) {
    AttentionWait.requireApplicable(stage.isOver() ? OVER : AttentionWait.validationError(note));
  }

  @Override
  public void signalPause(OperatorNote note) {
    var _ = held(note);
  }

  @Override
  public void resume(OperatorNote note) {
    requireDone(resumed(note));
  }

  @Override
  public void validateResume(OperatorNote note) {
    AttentionWait.requireApplicable(AttentionWait.validationError(note));
  }

  @Override
  public void signalResume(OperatorNote note) {
    var _ = resumed(note);
  }

  private Optional<String> held(OperatorNote note) {
    return changed(OperatorAction.PAUSE, note, steps -> steps.hold(input.runId(), note), OVER);
  }

  private Optional<String> resumed(OperatorNote note) {
    return changed(OperatorAction.RESUME, note, steps -> steps.resume(input.runId()), NOT_PAUSED);
  }

  /**
   * Changes the run's row, which holds an operator's pause, even if the run has been cancelled in
   * Temporal.
   *
   * @return why it does not apply; empty where it is done
   */
  private Optional<String> changed(
      OperatorAction action, OperatorNote note, Func1<PayrollSteps, Boolean> change, String no) {
    return detached(() -> {
      String refusal = AttentionWait.validationError(note);
      if (refusal == null && !change.apply(StepRunner.withoutLimit(PayrollSteps.class))) {
        refusal = no;
      }
      attention.record(action, note, refusal);
      paying.wake();
      return Optional.ofNullable(refusal);
    });
  }

  private static void requireDone(Optional<String> refusal) {
    refusal.ifPresent(why -> {
      throw ApplicationFailure.newNonRetryableFailure(why, Failures.REFUSED, "not-applicable");
    });
  }
}
