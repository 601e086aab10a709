package dev.mainstay.worker.module;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A Temporal Schedule as a process defines it. While one of its runs is open its next action is
 * skipped, so that runs never overlap; the run takes its nominal time from {@code
 * TemporalScheduledStartTime}.
 *
 * @param id as {@code session-top-up}; the name of the worker, too
 * @param workflowType of the run that it starts, which takes no input
 * @param workflowId Temporal appends the nominal time
 * @param queue the run's task queue
 * @param zone of the timing's local times; empty for {@code mainstay.zone}
 * @param catchUp how late an action may still be made up for after an outage, at least ten seconds
 * @param timeout after which a run that hangs is ended, before its next turn
 * @param note for operators, in a sentence
 */
public record ScheduleDefinition(
    String id,
    String workflowType,
    String workflowId,
    String queue,
    Timing timing,
    Optional<ZoneId> zone,
    Duration catchUp,
    Duration timeout,
    String note) {

  private static final Duration CATCH_UP = Duration.ofHours(1);

  /** With a catch-up window of an hour, in the zone of {@code mainstay.zone}. */
  public static ScheduleDefinition of(
      String id,
      String workflowType,
      String workflowId,
      String queue,
      Timing timing,
      Duration timeout,
      String note) {
    return new ScheduleDefinition(
        id, workflowType, workflowId, queue, timing, Optional.empty(), CATCH_UP, timeout, note);
  }
}
