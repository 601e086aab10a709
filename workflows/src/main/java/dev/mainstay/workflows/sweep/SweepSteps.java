package dev.mainstay.workflows.sweep;

import dev.mainstay.workflows.page.Counts;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps the record of a sweep's runs, and of what gave up in them. Each is safe to run again. */
@ActivityInterface
public interface SweepSteps {

  /**
   * Records that a run has begun. One of the same sweep that still counts as running was
   * terminated, or ended by its execution timeout, and is recorded as failed.
   *
   * @return the id of the run's record
   */
  @ActivityMethod(name = "beginSweep")
  UUID begin(Begin begin);

  /** Opens an attention item for what gave up, or brings the one that is open up to date. */
  @ActivityMethod(name = "recordSweepGaveUp")
  void gaveUp(GaveUp gaveUp);

  /**
   * Records that a run has ended: as failed if something in it gave up or it was cut short, else as
   * completed. If it processed everything, the attention items of earlier runs are closed, since
   * their work has now succeeded, or has an item of this run.
   */
  @ActivityMethod(name = "endSweep")
  void end(End end);

  /**
   * A run that begins.
   *
   * @param sweep its name, as {@code session-top-up}
   * @param runId Temporal's, of the first run where one was continued as new
   * @param nominalAt the time that the Schedule meant
   */
  record Begin(String sweep, String workflowId, String runId, Instant nominalAt) {}

  /**
   * A part of a run that used up its attempts.
   *
   * @param run the id of the run's record
   * @param step which part: a page's key range, or a step's name
   * @param error what went wrong, for a person to read
   * @param fingerprint equal for failures of the same kind
   */
  record GaveUp(UUID run, String step, String error, String fingerprint) {}

  /**
   * A run that has ended.
   *
   * @param run the id of the run's record
   * @param counts what it did
   * @param cutShort why it did not go over everything; null where it did
   */
  record End(UUID run, Counts counts, @Nullable String cutShort) {}
}
