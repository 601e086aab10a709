package dev.mainstay.workflows.invariants;

import dev.mainstay.workflows.page.Counts;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Reports work that is unfinished and that no run carries, closes the attention items of terminated
 * runs, seals the audit log, and runs the invariant checker. A finding does not fail the sweep: it
 * is counted by rule, and reported as an attention item that the next clean run closes.
 */
@WorkflowInterface
public interface InvariantsSweep {

  /** The sweep, its schedule and its worker. */
  String NAME = "invariants";

  String TYPE = "InvariantsSweep";

  /** The count of everything the checker found. */
  String VIOLATIONS = "violations";

  /**
   * Runs the sweep.
   *
   * @return {@code violations}, how many of each rule where there are any, and what was {@code
   *     reported}, {@code closed} and {@code sealed}
   */
  @WorkflowMethod(name = TYPE)
  Counts run();
}
