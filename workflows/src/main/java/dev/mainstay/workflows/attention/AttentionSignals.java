package dev.mainstay.workflows.attention;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;

/**
 * What every process that waits for operators understands. Each is a plain signal, which changes
 * nothing where it does not apply and leaves a row in the audit log, and an update, which answers
 * when it was done and whose validator refuses what does not apply.
 */
public interface AttentionSignals {

  /** Tries the step again that waits for an operator. */
  @SignalMethod(name = "retry")
  void retry(OperatorNote note);

  @UpdateMethod(name = "retry")
  void retryAndTell(OperatorNote note);

  @UpdateValidatorMethod(updateName = "retry")
  void validateRetry(OperatorNote note);

  /** Goes on without the step that waits for an operator, where the step allows it. */
  @SignalMethod(name = "skip")
  void skip(OperatorNote note);

  @UpdateMethod(name = "skip")
  void skipAndTell(OperatorNote note);

  @UpdateValidatorMethod(updateName = "skip")
  void validateSkip(OperatorNote note);
}
