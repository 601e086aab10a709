package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.payroll.PayoutSteps.Outcome;
import dev.mainstay.workflows.payroll.PayoutSteps.PayoutResult;
import dev.mainstay.workflows.process.ProcessWorkflow;
import dev.mainstay.workflows.process.StepProblem;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.UUID;

/**
 * Finds the payout's outcome; if it was refused, waits for an operator; writes its receipt. It can
 * be cancelled only while it waits and is certainly not paid.
 */
public final class PayoutWorkflowImpl extends ProcessWorkflow implements PayoutWorkflow {

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  /**
   * By then the provider has been asked nine times, and an operator should ask it by other means.
   */
  private static final Duration ATTENTION_AFTER = Duration.ofHours(4);

  private final Input input;
  private final UUID id;

  @WorkflowInit
  public PayoutWorkflowImpl(Input input) {
    super(NAME, input.payoutId(), input.correlationId());
    this.input = input;
    this.id = input.payoutId();
    atRisk(input.amountMinor(), input.currency());
    refuseCancel("the payout may have been paid, or is being asked for");
  }

  @Override
  public Result run(Input ignored) {
    return complete(this::settle);
  }

  private Result settle() {
    PayoutResult paid = look();
    Duration pause = FIRST_PAUSE;
    while (true) {
      PayoutResult last = paid;
      switch (last.outcome()) {
        case PAID -> {
          tellRun();
          writeReceipt();
          return Result.PAID;
        }
        case CANCELLED -> {
          tellRun();
          return Result.CANCELLED;
        }
        case UNKNOWN -> paid = findOut(last);
        case PAUSED -> {
          Duration nextLook = pause;
          pause = longer(pause);
          paid = waitCancellable(() -> awaitRun(nextLook)) ? ask() : look();
        }
        case FAILED, INSUFFICIENT_BALANCE -> {
          pause = FIRST_PAUSE;
          paid =
              waitCancellable(() -> awaitOperator(PayoutProcess.PAY, problem(last)))
                  ? payAgain()
                  : look();
        }
      }
    }
  }

  /** Waits between requests to the provider; false if an operator wants the payout cancelled. */
  private boolean waitCancellable(Runnable wait) {
    return cancellable(
        () -> {
          wait.run();
          return true;
        },
        note -> {
          if (!run(PayoutProcess.CANCEL, PayoutSteps.class, steps -> steps.cancel(id, note.by()))) {
            refuseCancel("a transfer was made, or may have been");
          }
          return false;
        });
  }

  /** Once the run is resumed it pays this payout itself, or the next look does. */
  private void awaitRun(Duration nextLook) {
    attention.waitFor("its run, which is paused", () -> Workflow.sleep(nextLook));
  }

  private static StepProblem problem(PayoutResult refused) {
    return refused.outcome() == Outcome.FAILED
        ? new StepProblem("payout-refused", refused.reason(), "pay/refused")
        : new StepProblem("insufficient-balance", refused.reason(), "pay/withheld");
  }

  /** Asks again, ever more seldom, until it is known. */
  private PayoutResult findOut(PayoutResult unknown) {
    long since = Workflow.currentTimeMillis();
    Duration pause = FIRST_PAUSE;
    PayoutResult paid = unknown;
    do {
      Duration nextLook = pause;
      if (Workflow.currentTimeMillis() - since >= ATTENTION_AFTER.toMillis()) {
        awaitOperator(nextLook, paid);
      } else {
        attention.waitFor(
            "the provider to say whether it has paid", () -> Workflow.sleep(nextLook));
      }
      paid = ask();
      pause = longer(pause);
    } while (paid.outcome() == Outcome.UNKNOWN);
    resolveUnneeded();
    if (paid.outcome() == Outcome.FAILED) {
      tellRun();
    }
    return paid;
  }

  private void awaitOperator(Duration nextLook, PayoutResult unknown) {
    CancellationScope timer =
        Workflow.newCancellationScope(() -> {
          var _ =
              Workflow.newTimer(nextLook)
                  .thenApply(_ -> {
                    attention.wake();
                    return true;
                  });
        });
    timer.run();
    var _ =
        awaitOperator(
            PayoutProcess.FIND_OUT,
            new StepProblem("payout-unknown", unknown.reason(), "find-out/unknown"));
    timer.cancel();
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  private PayoutResult look() {
    return run(PayoutProcess.LOOK, PayoutCaseSteps.class, steps -> steps.look(id));
  }

  private PayoutResult payAgain() {
    var _ = run(PayoutProcess.REOPEN, PayoutCaseSteps.class, steps -> steps.reopen(id));
    return ask();
  }

  private PayoutResult ask() {
    try {
      return StepRunner.run(PayoutProcess.FIND_OUT, PayoutSteps.class, steps -> steps.payOne(id));
    } catch (StepGaveUp gaveUp) {
      return new PayoutResult(Outcome.UNKNOWN, gaveUp.error());
    }
  }

  private void writeReceipt() {
    var _ =
        runOrSkip(
            PayoutProcess.RECEIPT,
            ReceiptSteps.class,
            steps -> {
              steps.writeOne(id);
              return true;
            });
  }

  /** The run may wait for this payout; one that is over need not know. */
  private void tellRun() {
    String run = PayrollWorkflow.id(input.cadence(), input.periodStart());
    try {
      Workflow.newExternalWorkflowStub(PayrollWorkflow.class, run).settled();
    } catch (ApplicationFailure _) {
      Workflow.getLogger(PayoutWorkflowImpl.class).debug("{} is over", run);
    }
  }
}
