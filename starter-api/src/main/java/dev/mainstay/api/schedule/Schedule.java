package dev.mainstay.api.schedule;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schedule: as the worker hosts define it, and its state in Temporal.
 *
 * @param process the process whose flag switches it on and off: {@code
 *     mainstay.features.<process>.enabled}
 * @param timing in words
 * @param zone of the local times
 * @param catchUpSeconds how late a missed action may still run after an outage
 * @param overlap the policy for an action while a run is open
 * @param state absent while Temporal is unavailable, and if Temporal does not have the schedule
 */
record Schedule(
    String id,
    String process,
    boolean enabled,
    @Schema(example = "every 6 hours") String timing,
    @Schema(example = "Europe/Berlin") String zone,
    int catchUpSeconds,
    @Schema(example = "skip") String overlap,
    String note,
    @Nullable State state) {

  /**
   * The state in Temporal.
   *
   * @param paused whether the schedule starts no runs
   * @param note why it is paused, or what it is for
   * @param next the next actions; none while it is paused
   * @param running the runs that are open now
   * @param recent the latest actions, the newest last
   * @param missed actions that came too late for the catch-up window
   * @param skipped actions that found a run open
   */
  record State(
      boolean paused,
      String note,
      List<Instant> next,
      List<Run> running,
      List<Action> recent,
      long missed,
      long skipped) {}

  /** A run in Temporal. */
  record Run(String workflowId, String runId) {}

  /**
   * A past action of the schedule.
   *
   * @param nominalAt the time that it was meant for
   */
  record Action(Instant nominalAt, Instant startedAt, String workflowId, String runId) {}
}
