package dev.mainstay.worker.module;

import dev.mainstay.db.intake.IntakeKind;
import io.temporal.client.WorkflowOptions;

/** How the runs of one kind of intake are started; a module gives one for each of its kinds. */
public interface RunStarter {

  IntakeKind kind();

  /** In which lane its runs are begun. */
  default Lane lane() {
    return Lane.PROCESSES;
  }

  /** How many rows of its kind one run carries at most; 1 or more. */
  default int maxBatchSize() {
    return 1;
  }

  /** The options of the claim's run: its id, its queue, what it can be found by. */
  WorkflowOptions options(Claim claim);

  /** Starts the run with these options, and returns without waiting for it. */
  void start(Claim claim, WorkflowOptions options);
}
