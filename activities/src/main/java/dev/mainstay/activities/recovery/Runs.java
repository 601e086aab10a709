package dev.mainstay.activities.recovery;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Temporal knows of runs, asked one by one and never of its visibility. */
@FunctionalInterface
public interface Runs {

  /** The latest run of a workflow id, as long as Temporal keeps it. */
  Optional<Run> latest(String workflowId);

  /**
   * A run.
   *
   * @param closedAt null as long as it runs
   */
  record Run(State state, Instant startedAt, @Nullable Instant closedAt) {}

  /** The state of a run. */
  enum State {
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED,
    TERMINATED,
    TIMED_OUT;

    /** Whether it was ended from outside, and so could not close its attention item itself. */
    public boolean isEndedFromOutside() {
      return this == TERMINATED || this == TIMED_OUT;
    }

    /** In words, as {@code was terminated}. */
    public String words() {
      String name = name().toLowerCase(Locale.ROOT).replace('_', ' ');
      return this == FAILED || this == TIMED_OUT ? name : "was " + name;
    }
  }

  /** As the client's server has them. */
  static Runs of(WorkflowClient client) {
    return workflowId -> {
      try {
        return Optional.of(run(client.newUntypedWorkflowStub(workflowId).describe()));
      } catch (WorkflowNotFoundException e) {
        // It never ran, or not for a while.
        return Optional.empty();
      }
    };
  }

  private static Run run(WorkflowExecutionDescription run) {
    return new Run(state(run.getStatus()), run.getStartTime(), run.getCloseTime());
  }

  /** What is new to us counts as running, so that nothing is doubled. */
  private static State state(WorkflowExecutionStatus status) {
    return switch (status) {
      case WORKFLOW_EXECUTION_STATUS_COMPLETED -> State.COMPLETED;
      case WORKFLOW_EXECUTION_STATUS_FAILED -> State.FAILED;
      case WORKFLOW_EXECUTION_STATUS_CANCELED -> State.CANCELLED;
      case WORKFLOW_EXECUTION_STATUS_TERMINATED -> State.TERMINATED;
      case WORKFLOW_EXECUTION_STATUS_TIMED_OUT -> State.TIMED_OUT;
      default -> State.RUNNING;
    };
  }
}
