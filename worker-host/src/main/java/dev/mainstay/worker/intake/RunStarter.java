package dev.mainstay.worker.intake;

import dev.mainstay.workflows.process.Lane;

/** How the runs of one kind of intake are started. */
interface RunStarter {

  /** The text in {@code intake.kind}. */
  String kind();

  /** In which lane its runs are begun. */
  Lane lane();

  /** How many rows of its kind one run carries at most; 1 or more. */
  int maxBatchSize();

  /**
   * The run for a claim.
   *
   * @throws RuntimeException where a row's body cannot be read
   */
  ClaimedRun run(Claim claim);

  /**
   * A run that is not started yet.
   *
   * @param start starts it, and returns without waiting for it
   */
  record ClaimedRun(String workflowId, Runnable start) {}
}
