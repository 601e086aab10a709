package dev.mainstay.workflows.process;

import dev.mainstay.workflows.attention.OperatorNote;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;

/**
 * How operators act on a process. Each action is an update, which answers when it is done and whose
 * validator refuses what does not apply, and a signal of the same name. A signal that does not
 * apply changes nothing and leaves a row in the audit log.
 */
public interface OperatorSignals {

  /** Tries the step again that waits for an operator. */
  @UpdateMethod(name = "retry")
  void retry(OperatorNote note);

  @UpdateValidatorMethod(updateName = "retry")
  void validateRetry(OperatorNote note);

  @SignalMethod(name = "retry")
  void signalRetry(OperatorNote note);

  /** Continues without the step that waits for an operator, where the step allows it. */
  @UpdateMethod(name = "skip")
  void skip(OperatorNote note);

  @UpdateValidatorMethod(updateName = "skip")
  void validateSkip(OperatorNote note);

  @SignalMethod(name = "skip")
  void signalSkip(OperatorNote note);

  /** Ends the process, whatever step it is in, and undoes what can be undone. */
  @UpdateMethod(name = "cancel")
  void cancel(OperatorNote note);

  @UpdateValidatorMethod(updateName = "cancel")
  void validateCancel(OperatorNote note);

  @SignalMethod(name = "cancel")
  void signalCancel(OperatorNote note);

  /** In words: what the process waits for. */
  @QueryMethod(name = "waitingFor")
  String waitingFor();
}
