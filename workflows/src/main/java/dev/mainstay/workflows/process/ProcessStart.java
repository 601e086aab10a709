package dev.mainstay.workflows.process;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The run that carries the claimed rows.
 *
 * @param workflow its contract
 * @param workflowId a business key: runs of one id never overlap
 * @param input of the workflow method
 * @param subjects ids that the run can be found by, in the search attribute {@code Subjects}
 * @param priority 1 to 5, a lower one is served first; 0 for Temporal's default
 * @param repeatable whether an id whose run has completed may be started once more; one whose run
 *     failed or was terminated always may
 * @param signal sent to the run, whether it exists already or starts now; null for none
 */
public record ProcessStart(
    Class<?> workflow,
    String workflowId,
    Object input,
    List<String> subjects,
    int priority,
    boolean repeatable,
    @Nullable String signal) {

  public ProcessStart {
    subjects = List.copyOf(subjects);
  }

  /** An id that completes once, ever. */
  public static ProcessStart of(
      Class<?> workflow, String workflowId, Object input, List<String> subjects) {
    return new ProcessStart(workflow, workflowId, input, subjects, 0, false, null);
  }

  public ProcessStart withPriority(int key) {
    return new ProcessStart(workflow, workflowId, input, subjects, key, repeatable, signal);
  }

  /** An id that is started once more after its run has completed. */
  public ProcessStart canRepeat() {
    return new ProcessStart(workflow, workflowId, input, subjects, priority, true, signal);
  }

  /** Temporal's <i>Signal with Start</i>. */
  public ProcessStart withSignal(String name) {
    return new ProcessStart(workflow, workflowId, input, subjects, priority, repeatable, name);
  }
}
