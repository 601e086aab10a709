package dev.mainstay.api.attention;

import dev.mainstay.api.temporal.TemporalDeadline;
import dev.mainstay.workflows.step.Failures;
import dev.mainstay.workflows.step.OperatorAction;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/** Sends an operator's signals to processes, as the Temporal updates of the same name. */
@Component
class ProcessSignals {

  private final WorkflowClient temporal;
  private final TemporalDeadline deadline;

  ProcessSignals(WorkflowClient temporal, TemporalDeadline deadline) {
    this.temporal = temporal;
    this.deadline = deadline;
  }

  /** A process's answer to a signal. */
  sealed interface Answer {
    /** It was done, and the process has recorded it. */
    record Done() implements Answer {}

    /** It does not apply to the process's present state; nothing is recorded. */
    record NotApplicable(String why) implements Answer {}

    /**
     * The request cannot be fulfilled, and the process has recorded that.
     *
     * @param reason of the catalogue, as {@code no-capacity}
     */
    record Refused(String reason, String why) implements Answer {}

    /** The process has ended; nothing is recorded. */
    record Gone() implements Answer {}
  }

  /** Sends one and waits for its answer, at most ten seconds. */
  Answer send(String workflowId, OperatorAction action, OperatorRequest.Input input) {
    var process = temporal.newUntypedWorkflowStub(workflowId);
    try {
      deadline.run(() -> {
        var _ = process.update(action.text(), Void.class, input);
      });
      return new Answer.Done();
    } catch (WorkflowNotFoundException e) {
      return new Answer.Gone();
    } catch (WorkflowUpdateException e) {
      return refusal(e);
    }
  }

  /**
   * The handlers refuse with their own type; any other failure is the validator's, whose type the
   * SDK does not keep.
   */
  private static Answer refusal(WorkflowUpdateException update) {
    Throwable root = NestedExceptionUtils.getMostSpecificCause(update);
    if (!(root instanceof ApplicationFailure failure)) {
      throw update;
    }
    return failure.getType().equals(Failures.REFUSED)
        ? new Answer.Refused(failure.getDetails().get(String.class), failure.getOriginalMessage())
        : new Answer.NotApplicable(failure.getOriginalMessage());
  }
}
