package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.attention.OperatorNote;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The short steps of a payroll run. Each is safe to run again. */
@ActivityInterface
public interface PayrollSteps {

  /**
   * Begins, or goes on: whether the run has to be approved is settled the first time.
   *
   * @return where it stands
   */
  @ActivityMethod(name = "beginPayroll")
  RunState begin(UUID runId);

  /** Goes on to freeze once what the run last proposed was approved. */
  @ActivityMethod(name = "takeUpApproval")
  RunState applyApproval(UUID runId);

  /** Ends a run that waits for approval; one that does not is left as it is. */
  @ActivityMethod(name = "cancelPayroll")
  RunState cancel(UUID runId, OperatorNote note);

  /** The run that was asked for after this one was cancelled; itself where none was. */
  @ActivityMethod(name = "payrollSuccessor")
  UUID successor(UUID runId);

  /**
   * Pauses a run that pays or is about to.
   *
   * @param reason as {@code insufficient-balance}; what it is paused for already stays
   */
  @ActivityMethod(name = "pausePayroll")
  RunState pause(UUID runId, String reason);

  /** Ends the run if every payout is paid, carried, failed or cancelled. */
  @ActivityMethod(name = "finishPayroll")
  Remaining finish(UUID runId);

  /**
   * Where a run stands.
   *
   * @param pauseReason as {@code insufficient-balance}; null where it is not paused
   */
  record RunState(PayrollStage stage, @Nullable String pauseReason) {}

  /**
   * What is left of a run.
   *
   * @param toPay payouts that are to be paid
   * @param unknown payouts of which the provider has not yet told whether they were paid
   */
  record Remaining(PayrollStage stage, int toPay, int unknown) {}
}
