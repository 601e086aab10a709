package dev.mainstay.api.schedule;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schedule: as the worker hosts define it, and as it stands in Temporal.
 *
 * @param process which switches it on and off: {@code mainstay.features.<process>.enabled}
 * @param timing in words
 * @param zone of the local times
 * @param catchUpSeconds how late an action may still be made up for after an outage
 * @param overlap what becomes of an action while a run is open
 * @param state absent while Temporal is away, and where the schedule is not there
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
   * As it stands in Temporal.
   *
   * @param paused nothing is started by the clock
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
   * What the schedule did.
   *
   * @param nominalAt the time that it was meant for
   */
  record Action(Instant nominalAt, Instant startedAt, String workflowId, String runId) {}
}
