package dev.mainstay.activities.invariants;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What Temporal knows of runs, asked one by one and never of its visibility. */
@FunctionalInterface
public interface Runs {

  /** The latest run of a workflow id, if it was ended from outside: terminated, or out of time. */
  Optional<Ended> ended(String workflowId);

  /** A run that was ended from outside, and so could not close its attention item itself. */
  record Ended(Instant startedAt, Instant closedAt, String how) {}

  /** As the client's server has them. */
  static Runs of(WorkflowClient client) {
    return workflowId -> {
      try {
        return ended(client.newUntypedWorkflowStub(workflowId).describe());
      } catch (WorkflowNotFoundException e) {
        // Not every item waits on a run, and a run is kept only for a while.
        return Optional.empty();
      }
    };
  }

  private static Optional<Ended> ended(WorkflowExecutionDescription run) {
    return switch (run.getStatus()) {
      case WORKFLOW_EXECUTION_STATUS_TERMINATED, WORKFLOW_EXECUTION_STATUS_TIMED_OUT ->
          Optional.of(
              new Ended(
                  run.getStartTime(),
                  Objects.requireNonNull(run.getCloseTime()),
                  run.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED
                      ? "terminated"
                      : "timed out"));
      default -> Optional.empty();
    };
  }
}
