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

  /** Why the row of a run is paused that an operator paused. */
  private static final String OPERATOR = "operator";

  private static final Duration FIRST_LOOK = Duration.ofMinutes(1);
  private static final Duration LONGEST_LOOK = Duration.ofHours(1);

  private final ProcessWorkflow process;
  private final AttentionWait attention;
  private final UUID run;
  private final PayrollPages pages;
  private final TransferCheck transfers;
  private final PayrollReceipts receipts;
  private boolean woken;

  PayStage(
      ProcessWorkflow process,
      AttentionWait attention,
      UUID run,
      PayrollPages pages,
      PayrollReceipts receipts) {
    this.process = process;
    this.attention = attention;
    this.run = run;
    this.pages = pages;
    this.transfers = new TransferCheck(process, run);
    this.receipts = receipts;
  }

  /** The run's next stage. A paused run comes here again. */
  PayrollStage pay() {
    woken = false;
    RunState state = payable(false);
    if (state.stage() == PayrollStage.PAUSED) {
      return awaitResume(Objects.requireNonNull(state.pauseReason()));
    }
    if (state.stage() != PayrollStage.PAY) {
      return state.stage();
    }
    return switch (pages.run(this::plan, this::payPage)) {
      case FINISHED -> {
        receipts.writeRemaining();
        yield awaitRemaining();
      }
      case STOPPED -> pauseFor(Objects.requireNonNull(pages.problem()).reason()).stage();
      case TO_BE_CONTINUED -> PayrollStage.PAY;
    };
  }

  /** Called when the outcome of a payout is known, and when the run was paused or resumed. */
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
    if (reason.equals(OPERATOR)) {
      attention.waitFor("an operator to resume it", () -> Workflow.await(() -> woken));
      return PayrollStage.PAUSED;
    }
    if (reason.equals(TransferCheck.REASON)) {
      transfers.awaitDecision();
    } else {
      StepProblem problem = pages.problem();
      var _ =
          process.awaitOperator(
              PayrollProcess.PAY,
              problem != null && problem.reason().equals(reason) ? problem : paused(reason));
    }
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
      if (left.stage() != PayrollStage.PAY) {
        return left.stage();
      }
      Duration until = look;
      attention.waitFor(
          "%d payouts to be paid and %d to be found out about"
              .formatted(left.toPay(), left.unknown()),
          () -> Workflow.await(until, () -> woken));
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

  private RunState payable(boolean retried) {
    transfers.read();
    if (transfers.hasAdopted()) {
      receipts.addAll();
    }
    return process.run(
        PayrollProcess.BEGIN_PAYING, FreezeSteps.class, steps -> steps.pay(run, retried));
  }

  private RunState pauseFor(String reason) {
    return process.run(PayrollProcess.PAUSE, PayrollSteps.class, steps -> steps.pause(run, reason));
  }
}
