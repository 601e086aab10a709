package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.attention.AttendedWorkflow;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionWait;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PageOutcome;
import dev.mainstay.workflows.page.PagePlan;
import dev.mainstay.workflows.page.Pages;
import dev.mainstay.workflows.page.PagesPosition;
import dev.mainstay.workflows.payroll.PayoutSteps.PaidPage;
import dev.mainstay.workflows.payroll.PayrollSteps.Remaining;
import dev.mainstay.workflows.payroll.PayrollSteps.RunState;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.Step;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Functions.Func1;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Approve what is proposed, where that is demanded; freeze; pay; and look until nothing is left.
 * The run's row says where it stands, so that a run that is continued, or started again, goes on
 * from there.
 */
public final class PayrollWorkflowImpl extends AttendedWorkflow implements PayrollWorkflow {

  /** Why a run is paused that its operator paused, and only that is resumed by {@code resume}. */
  static final String OPERATOR = "operator";

  private static final String STEP_FAILED = "step-failed";
  private static final Duration FIRST_LOOK = Duration.ofMinutes(1);
  private static final Duration LATER_LOOKS = Duration.ofHours(1);

  // More than these are one range from the first to the last: receipts that are there are passed
  // over.
  private static final int MOST_RANGES = 100;

  private final Input input;
  private final Pages pages = new Pages();
  private final List<KeyRange> receiptsLeft = new ArrayList<>();
  private @Nullable Position from;
  private @Nullable Hold hold;
  private @Nullable OperatorNote paused;
  private boolean resumed;
  private PayrollStage stage = PayrollStage.APPROVAL;
  private boolean cancelRequested;
  private boolean cancelUnheard;
  private boolean woken;
  private boolean ended;

  /** What keeps the pages from going on. */
  private record Hold(String reason, String error, String fingerprint) {}

  @WorkflowInit
  public PayrollWorkflowImpl(Input input) {
    super(input.runId(), input.correlationId());
    this.input = input;
    this.from = input.from();
    if (from != null) {
      receiptsLeft.addAll(from.receiptsLeft());
    }
    CancellationScope.current()
        .getCancellationRequest()
        .thenApply(_ -> {
          cancelRequested = true;
          cancelUnheard = true;
          return true;
        });
  }

  @Override
  public Result run(Input ignored) {
    // Money that is frozen is paid: only a run that waits for approval can be cancelled.
    Workflow.newDetachedCancellationScope(this::untilOver).run();
    return stage == PayrollStage.CANCELLED ? Result.CANCELLED : Result.COMPLETED;
  }

  private void untilOver() {
    UUID run = input.runId();
    stage = runUntilDone(PayrollProcess.BEGIN, steps -> steps.begin(run)).stage();
    while (!ended) {
      switch (stage) {
        case APPROVAL -> stage = awaitApproval();
        case FREEZE -> stage = freeze();
        case PAY, PAUSED -> stage = pay();
        case COMPLETED -> ended = true;
        case CANCELLED -> giveWay();
      }
      if (!ended && Workflow.getInfo().isContinueAsNewSuggested()) {
        continueAsNew(PagesPosition.START);
      }
    }
    Workflow.await(Workflow::isEveryHandlerFinished);
  }

  private PayrollStage awaitApproval() {
    UUID run = input.runId();
    onBulk(
        PayrollProcess.PROPOSE,
        steps -> {
          steps.propose(run);
          return true;
        });
    attention.waitFor("somebody to approve what it proposes", () -> Workflow.await(this::isToLook));
    woken = false;
    if (cancelUnheard) {
      OperatorNote note = new OperatorNote("temporal", "cancelled in Temporal");
      attention.record(OperatorAction.CANCEL, note, null);
      cancelUnheard = false;
      return runUntilDone(PayrollProcess.CANCEL, steps -> steps.cancel(run, note)).stage();
    }
    return runUntilDone(PayrollProcess.APPROVAL, steps -> steps.applyApproval(run)).stage();
  }

  private boolean isToLook() {
    return woken || cancelUnheard;
  }

  /** A period that was cancelled and asked for again is another run, under the same id. */
  private void giveWay() {
    woken = false;
    UUID next = runUntilDone(PayrollProcess.BEGIN, steps -> steps.successor(input.runId()));
    if (next != null && !cancelRequested) {
      Workflow.await(Workflow::isEveryHandlerFinished);
      Workflow.continueAsNew(new Input(next, input.correlationId(), null));
    }
    ended = !woken;
  }

  private PayrollStage freeze() {
    UUID run = input.runId();
    PagesPosition end = overPages(PayrollStage.FREEZE, after -> plan(run, after), this::freezePage);
    if (hold != null) {
      awaitOperator(PayrollProcess.FREEZE, hold);
      return PayrollStage.FREEZE;
    }
    if (!end.finished()) {
      return continued(end);
    }
    return onBulk(PayrollProcess.CONCLUDE, steps -> steps.conclude(run)).stage();
  }

  private PagePlan plan(UUID run, @Nullable String after) throws StepGaveUp {
    return StepRunner.runOn(
        TaskQueues.BULK, PayrollProcess.PLAN, FreezeSteps.class, steps -> steps.plan(run, after));
  }

  private Counts freezePage(KeyRange vendors) {
    try {
      return StepRunner.runOn(
          TaskQueues.BULK,
          PayrollProcess.FREEZE,
          FreezeSteps.class,
          steps -> steps.freeze(input.runId(), vendors));
    } catch (StepGaveUp gaveUp) {
      return held(gaveUp);
    }
  }

  private PayrollStage pay() {
    UUID run = input.runId();
    RunState standing = onBulk(PayrollProcess.PAY, steps -> steps.pay(run, false));
    if (standing.stage() == PayrollStage.PAY && paused != null) {
      standing = runUntilDone(PayrollProcess.PAUSE, steps -> steps.pause(run, OPERATOR));
    }
    if (standing.stage() != PayrollStage.PAY) {
      return standing.stage() == PayrollStage.PAUSED
          ? awaitResume(standing.because())
          : standing.stage();
    }

    PagesPosition end = overPages(PayrollStage.PAY, after -> planPaying(run, after), this::payPage);
    if (hold != null || paused != null || resumed) {
      String because = hold == null ? OPERATOR : hold.reason();
      runUntilDone(PayrollProcess.PAUSE, steps -> steps.pause(run, because));
      return PayrollStage.PAUSED;
    }
    if (!end.finished()) {
      return continued(end);
    }
    writeReceiptsLeft();
    return untilNothingIsLeft();
  }

  private PagePlan planPaying(UUID run, @Nullable String after) throws StepGaveUp {
    return StepRunner.runOn(
        TaskQueues.PAYMENTS,
        PayrollProcess.PLAN,
        PayoutSteps.class,
        steps -> steps.plan(run, after));
  }

  private Counts payPage(KeyRange payouts) {
    PaidPage paid;
    try {
      paid =
          StepRunner.runOn(
              TaskQueues.PAYMENTS,
              PayrollProcess.PAY,
              PayoutSteps.class,
              steps -> steps.pay(input.runId(), payouts));
    } catch (StepGaveUp gaveUp) {
      return held(gaveUp);
    }
    if (paid.paused() != null) {
      held(new Hold(paid.paused(), "paying is paused: " + paid.paused(), "pay/" + paid.paused()));
    }
    if (unwritten(payouts) != null) {
      // money first: the receipts are asked for when all is paid
      receiptsLeft.add(payouts);
    }
    return paid.counts();
  }

  /** Writes the receipts of a page; what could not be written, null where all were. */
  private @Nullable Hold unwritten(KeyRange payouts) {
    try {
      PageOutcome written =
          StepRunner.runOn(
              TaskQueues.BULK,
              PayrollProcess.RECEIPTS,
              ReceiptSteps.class,
              steps -> steps.write(input.runId(), payouts));
      return written.failed() == null
          ? null
          : new Hold(STEP_FAILED, written.failed(), "receipts/items-failed");
    } catch (StepGaveUp gaveUp) {
      return because(gaveUp);
    }
  }

  private void writeReceiptsLeft() {
    while (!receiptsLeft.isEmpty()) {
      Hold unwritten = unwritten(receiptsLeft.getFirst());
      if (unwritten == null) {
        receiptsLeft.removeFirst();
      } else if (awaitOperator(PayrollProcess.RECEIPTS, unwritten) == OperatorAction.SKIP) {
        receiptsLeft.clear();
      }
    }
  }

  /** What is unknown is found out by each payout's own run; this only looks whether it was. */
  private PayrollStage untilNothingIsLeft() {
    Duration look = FIRST_LOOK;
    while (true) {
      Remaining left = runUntilDone(PayrollProcess.FINISH, steps -> steps.finish(input.runId()));
      if (left.stage() != PayrollStage.PAY || paused != null) {
        return left.stage();
      }
      Duration until = look;
      attention.waitFor(
          "%d payouts to be paid and %d to be found out about"
              .formatted(left.toPay(), left.unknown()),
          () -> Workflow.await(until, () -> woken || paused != null));
      woken = false;
      look = look.multipliedBy(2).compareTo(LATER_LOOKS) < 0 ? look.multipliedBy(2) : LATER_LOOKS;
      if (left.toPay() > 0 || Workflow.getInfo().isContinueAsNewSuggested()) {
        return PayrollStage.PAY;
      }
    }
  }

  /** Waits until somebody lets a paused run go on. */
  private PayrollStage awaitResume(@Nullable String because) {
    if (OPERATOR.equals(because)) {
      if (paused == null && !resumed) {
        // continued, or started again: the pause is the row's
        paused = new OperatorNote(OPERATOR, "paused before");
      }
      attention.waitFor("an operator to resume it", () -> Workflow.await(() -> resumed));
      resumed = false;
    } else {
      awaitOperator(
          PayrollProcess.PAY,
          hold == null
              ? new Hold(
                  Objects.requireNonNullElse(because, STEP_FAILED),
                  "paying is paused: " + because,
                  "pay/" + because)
              : hold);
    }
    return onBulk(PayrollProcess.PAY, steps -> steps.pay(input.runId(), true)).stage();
  }

  /** The pages of a stage, from where the run before stood if it was in this stage. */
  private PagesPosition overPages(PayrollStage of, Pages.Plan plan, Func1<KeyRange, Counts> page) {
    hold = null;
    PagesPosition start = from != null && from.stage() == of ? from.pages() : PagesPosition.START;
    from = null;
    try {
      return pages.over(start, plan, page);
    } catch (StepGaveUp gaveUp) {
      held(gaveUp);
      return start;
    }
  }

  private Counts held(StepGaveUp gaveUp) {
    held(because(gaveUp));
    return Counts.NONE;
  }

  private static Hold because(StepGaveUp gaveUp) {
    return new Hold(STEP_FAILED, gaveUp.error(), gaveUp.fingerprint());
  }

  private void held(Hold by) {
    hold = hold == null ? by : hold;
    pages.stop();
  }

  /** The same stage goes on from there, in a run of its own. */
  private PayrollStage continued(PagesPosition position) {
    continueAsNew(position);
    return stage;
  }

  private void continueAsNew(PagesPosition position) {
    List<KeyRange> left =
        receiptsLeft.size() <= MOST_RANGES
            ? receiptsLeft
            : List.of(new KeyRange(null, receiptsLeft.getLast().upTo()));
    from = new Position(stage, position, left);
    // Temporal would end a run that was cancelled in vain rather than continue it: it goes on here.
    if (!cancelRequested) {
      Workflow.await(Workflow::isEveryHandlerFinished);
      Workflow.continueAsNew(input.continuedFrom(from));
    }
  }

  private <R> R runUntilDone(Step step, Func1<PayrollSteps, R> call) {
    for (boolean retried = false; true; retried = true) {
      try {
        return retried
            ? StepRunner.again(step, PayrollSteps.class, call)
            : StepRunner.run(step, PayrollSteps.class, call);
      } catch (StepGaveUp gaveUp) {
        awaitOperator(step, because(gaveUp));
      }
    }
  }

  private <R> R onBulk(Step step, Func1<FreezeSteps, R> call) {
    while (true) {
      try {
        return StepRunner.runOn(TaskQueues.BULK, step, FreezeSteps.class, call);
      } catch (StepGaveUp gaveUp) {
        awaitOperator(step, because(gaveUp));
      }
    }
  }

  private OperatorAction awaitOperator(Step step, Hold because) {
    return attention.awaitOperator(
        new AttentionItem(
            NAME,
            Workflow.getInfo().getWorkflowId(),
            input.runId(),
            step.name(),
            because.reason(),
            because.error(),
            because.fingerprint(),
            step.retryEffect(),
            step.actions(),
            null,
            null,
            input.correlationId()));
  }

  @Override
  public void approve(Approval approval) {
    woken = true;
  }

  @Override
  public void settled() {
    woken = true;
  }

  @Override
  public void wake() {
    woken = true;
  }

  @Override
  public void pause(OperatorNote note) {
    String refusal = refusedPause(note);
    attention.record(OperatorAction.PAUSE, note, refusal);
    if (refusal == null && paused == null) {
      paused = note;
      pages.stop();
      // at once, so that pages that are running stop too
      StepRunner.withoutLimit(PayrollSteps.class).pause(input.runId(), OPERATOR);
    }
  }

  @Override
  public void pauseAndTell(OperatorNote note) {
    pause(note);
  }

  @Override
  public void validatePause(OperatorNote note) {
    AttentionWait.requireApplicable(refusedPause(note));
  }

  private @Nullable String refusedPause(OperatorNote note) {
    String error = AttentionWait.validationError(note);
    return error == null && ended ? "the run is over" : error;
  }

  @Override
  public void resume(OperatorNote note) {
    String refusal = refusedResume(note);
    attention.record(OperatorAction.RESUME, note, refusal);
    if (refusal == null) {
      paused = null;
      resumed = true;
    }
  }

  @Override
  public void resumeAndTell(OperatorNote note) {
    resume(note);
  }

  @Override
  public void validateResume(OperatorNote note) {
    AttentionWait.requireApplicable(refusedResume(note));
  }

  private @Nullable String refusedResume(OperatorNote note) {
    String error = AttentionWait.validationError(note);
    return error == null && paused == null ? "no operator paused the run" : error;
  }

  @Override
  public String waitingFor() {
    return attention.waitingFor();
  }
}
