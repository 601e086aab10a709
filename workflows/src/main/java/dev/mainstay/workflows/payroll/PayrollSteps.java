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
   * Begins the run, or continues it: whether it needs approval is decided the first time.
   *
   * @return the run's state
   */
  @ActivityMethod(name = "beginPayroll")
  RunState begin(UUID runId);

  /** Goes on to freeze once what the run last proposed was approved. */
  @ActivityMethod(name = "takeUpApproval")
  RunState applyApproval(UUID runId);

  /** Ends a run that waits for approval; any other run stays as it is. */
  @ActivityMethod(name = "cancelPayroll")
  RunState cancel(UUID runId, OperatorNote note);

  /** The run that was requested after this one was cancelled; this run itself if there is none. */
  @ActivityMethod(name = "payrollSuccessor")
  UUID successor(UUID runId);

  /**
   * Pauses a run that pays or is about to.
   *
   * @param reason as {@code insufficient-balance}; what it is paused for already stays
   */
  @ActivityMethod(name = "pausePayroll")
  RunState pause(UUID runId, String reason);

  /**
   * An operator pauses the run in any stage: no payout is begun afterwards until it is resumed.
   *
   * @return whether the run is not over
   */
  @ActivityMethod(name = "holdPayroll")
  boolean hold(UUID runId, OperatorNote note);

  /**
   * An operator resumes what an operator paused.
   *
   * @return whether there was such a pause
   */
  @ActivityMethod(name = "resumePayroll")
  boolean resume(UUID runId);

  /** Ends the run if every payout is paid, carried, failed or cancelled. */
  @ActivityMethod(name = "finishPayroll")
  Remaining finish(UUID runId);

  /**
   * The state of a run.
   *
   * @param pauseReason as {@code insufficient-balance}; null if it is not paused
   */
  record RunState(PayrollStage stage, @Nullable String pauseReason) {}

  /**
   * The open payouts of a run.
   *
   * @param toPay the number of payouts still to pay
   * @param unknown the number of payouts whose outcome the provider has not yet reported
   */
  record Remaining(PayrollStage stage, int toPay, int unknown) {}
}
