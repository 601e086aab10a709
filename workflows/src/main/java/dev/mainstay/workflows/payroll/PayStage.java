package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.attention.AttentionWait;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PagePlan;
import dev.mainstay.workflows.payroll.PayoutSteps.PayoutPage;
import dev.mainstay.workflows.payroll.PayrollSteps.Remaining;
import dev.mainstay.workflows.payroll.PayrollSteps.RunState;
import dev.mainstay.workflows.process.ProcessWorkflow;
import dev.mainstay.workflows.process.StepProblem;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pays what is frozen, page by page, and looks until nothing of it is left. */
final class PayStage {

  private static final Duration FIRST_LOOK = Duration.ofMinutes(1);
  private static final Duration LONGEST_LOOK = Duration.ofHours(1);

  private final ProcessWorkflow process;
  private final AttentionWait attention;
  private final UUID run;
  private final PayrollPages pages;
  private final OperatorPause pause;
  private final PayrollReceipts receipts;
  private boolean woken;

  PayStage(
      ProcessWorkflow process,
      AttentionWait attention,
      UUID run,
      PayrollPages pages,
      OperatorPause pause,
      PayrollReceipts receipts) {
    this.process = process;
    this.attention = attention;
    this.run = run;
    this.pages = pages;
    this.pause = pause;
    this.receipts = receipts;
  }

  /** The run's next stage. A paused run comes here again. */
  PayrollStage pay() {
    RunState state = pause.isHeld() ? pauseFor(OperatorPause.REASON) : payable(false);
    if (state.stage() == PayrollStage.PAUSED) {
      return awaitResume(Objects.requireNonNull(state.pauseReason()));
    }
    if (state.stage() != PayrollStage.PAY || pause.isHeld()) {
      return state.stage();
    }
    return switch (pages.runPausable(this::plan, this::payPage)) {
      case FINISHED -> {
        receipts.writeRemaining();
        yield awaitRemaining();
      }
      case STOPPED -> {
        StepProblem problem = pages.problem();
        yield problem == null ? PayrollStage.PAY : pauseFor(problem.reason()).stage();
      }
      case TO_BE_CONTINUED -> PayrollStage.PAY;
    };
  }

  /** A run that was lost while an operator had paused it is still paused. */
  void restorePause() {
    if (OperatorPause.REASON.equals(payable(false).pauseReason())) {
      pause.restore();
    }
  }

  /** Called when the outcome of a payout is known. */
  void wake() {
    woken = true;
  }

  private PagePlan plan(@Nullable String after) throws StepGaveUp {
    return StepRunner.run(
        PayrollProcess.PLAN_PAYING, PayoutSteps.class, steps -> steps.plan(run, after));
  }

  private Counts payPage(KeyRange payouts) throws StepGaveUp {
    PayoutPage page =
        StepRunner.run(PayrollProcess.PAY, PayoutSteps.class, steps -> steps.pay(run, payouts));
    if (page.pauseReason() != null) {
      pages.stop(paused(page.pauseReason()));
    }
    receipts.write(payouts);
    return page.counts();
  }

  /** A run that is paused for two reasons needs both, the retry and the resume. */
  private PayrollStage awaitResume(String reason) {
    if (!reason.equals(OperatorPause.REASON)) {
      StepProblem problem = pages.problem();
      var _ =
          process.awaitOperator(
              PayrollProcess.PAY,
              problem != null && problem.reason().equals(reason) ? problem : paused(reason));
    }
    pause.awaitResume();
    return payable(true).stage();
  }

  private static StepProblem paused(String reason) {
    return new StepProblem(reason, "paying is paused: " + reason, "pay/" + reason);
  }

  /**
   * Waits for the unknown payouts; each payout's own run finds its outcome, this only checks for
   * it.
   */
  private PayrollStage awaitRemaining() {
    Duration look = FIRST_LOOK;
    while (true) {
      woken = false;
      Remaining left =
          process.run(PayrollProcess.FINISH, PayrollSteps.class, steps -> steps.finish(run));
      if (left.stage() != PayrollStage.PAY || pause.isHeld()) {
        return left.stage();
      }
      Duration until = look;
      attention.waitFor(
          "%d payouts to be paid and %d to be found out about"
              .formatted(left.toPay(), left.unknown()),
          () -> Workflow.await(until, () -> woken || pause.isHeld()));
      look = longer(look);
      if (left.toPay() > 0 || Workflow.getInfo().isContinueAsNewSuggested()) {
        return PayrollStage.PAY;
      }
    }
  }

  private static Duration longer(Duration look) {
    Duration twice = look.multipliedBy(2);
    return twice.compareTo(LONGEST_LOOK) < 0 ? twice : LONGEST_LOOK;
  }

  private RunState payable(boolean resumed) {
    return process.run(
        PayrollProcess.BEGIN_PAYING, FreezeSteps.class, steps -> steps.pay(run, resumed));
  }

  private RunState pauseFor(String reason) {
    return process.run(PayrollProcess.PAUSE, PayrollSteps.class, steps -> steps.pause(run, reason));
  }
}
