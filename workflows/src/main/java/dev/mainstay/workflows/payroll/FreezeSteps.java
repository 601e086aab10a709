package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PagePlan;
import dev.mainstay.workflows.payroll.PayrollSteps.RunState;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The steps over all earnings or payouts of a run, on the queue {@code bulk}. A page is a range of
 * vendors. Each step is safe to run again.
 */
@ActivityInterface
public interface FreezeSteps {

  /** Proposes what the run would pay now, unless that is what it proposed last. */
  @ActivityMethod(name = "proposePayroll")
  void propose(UUID runId);

  /** The next pages behind a vendor; from the first on where there is none. */
  @ActivityMethod(name = "planFreeze")
  PagePlan plan(UUID runId, @Nullable String after);

  /**
   * Freezes what the vendors of a page have earned.
   *
   * @return {@code frozen} and {@code carried} payouts, and the {@code settled} earnings
   */
  @ActivityMethod(name = "freezePayouts")
  Counts freeze(UUID runId, KeyRange vendors);

  /**
   * Ends the freeze. If the frozen payouts differ from the approved ones, the freeze is undone and
   * the run waits for approval again.
   */
  @ActivityMethod(name = "concludeFreeze")
  RunState conclude(UUID runId);

  /**
   * Begins to pay, or continues after a pause that has ended, unless an operator has paused the run
   * or one of payroll's invariants is broken: then the run is paused.
   *
   * @param retried whether an operator's retry has ended a pause that no operator began
   */
  @ActivityMethod(name = "payPayroll")
  RunState pay(UUID runId, boolean retried);
}
