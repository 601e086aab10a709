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
   * Identifies the task. Only its row names the person.
   *
   * @param maxRetries the retries of each step after its first try; 0 or more
   * @param notBefore the end of the task's delay; null if it has none
   * @param timeout the limit for the whole task, from the end of its delay; null if there is none
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
