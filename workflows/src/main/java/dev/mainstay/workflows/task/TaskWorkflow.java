package dev.mainstay.workflows.task;

import dev.mainstay.workflows.process.OperatorSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One task: waits out its delay, makes its file where it makes one, and sends its mail. A step
 * whose tries are used up waits for an operator, until the task's own timeout.
 *
 * <p>Its {@code cancel} ends the task; what it has made or sent by then stays.
 */
@WorkflowInterface
public interface TaskWorkflow extends OperatorSignals {

  /** The process, which is its module's and its flag's name too. */
  String NAME = "task";

  static String id(UUID taskId) {
    return NAME + "/" + taskId;
  }

  @WorkflowMethod(name = "Task")
  Result run(Input input);

  /**
   * Which task. Who it is for stands in its row alone.
   *
   * @param maxRetries of each step, after its first try; 0 or more
   * @param notBefore when the task's delay is over; null where it has none
   * @param timeout of the whole task, from the end of its delay; null where it has no end
   */
  record Input(
      UUID taskId,
      TaskType type,
      int maxRetries,
      @Nullable Instant notBefore,
      @Nullable Duration timeout,
      String correlationId) {}

  /** How the task ended. */
  enum Result {
    COMPLETED,
    /** It could not be done: its row says why. */
    FAILED,
    CANCELLED
  }
}
