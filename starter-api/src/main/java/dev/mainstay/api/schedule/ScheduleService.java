package dev.mainstay.api.schedule;

import dev.mainstay.api.access.Caller;
import dev.mainstay.api.command.AuditedAction;
import dev.mainstay.api.command.Command;
import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.temporal.TemporalUnavailable;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Pauses, resumes, triggers and backfills schedules for operators. */
@Component
public class ScheduleService {

  private static final Duration LONGEST_AGO = Duration.ofDays(366);

  private final CommandRunner commands;
  private final ScheduleRows rows;
  private final TemporalSchedules temporal;
  private final InstantSource clock;

  ScheduleService(
      CommandRunner commands, ScheduleRows rows, TemporalSchedules temporal, InstantSource clock) {
    this.commands = commands;
    this.rows = rows;
    this.temporal = temporal;
    this.clock = clock;
  }

  void pause(String id, String reason, Caller caller) {
    var _ =
        run(
            command("pause", id, reason, caller),
            id,
            schedule -> {
              temporal.pause(schedule.id(), note(reason, caller));
              return schedule;
            },
            (entry, _) -> entry);
  }

  void resume(String id, String reason, Caller caller) {
    var _ =
        run(
            command("resume", id, reason, caller),
            id,
            schedule -> {
              requireOn(schedule);
              temporal.resume(schedule.id(), note(reason, caller));
              return schedule;
            },
            (entry, _) -> entry);
  }

  /**
   * Has the schedule act now, or joins the run that is open.
   *
   * @param reason null where none has to be given
   * @throws Refusal where there is no such schedule, or its process is off
   */
  public TriggerResponse trigger(String id, @Nullable String reason, Caller caller) {
    return run(
        command("trigger", id, reason, caller).needingBackend(),
        id,
        schedule -> {
          requireOn(schedule);
          Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
          return temporal.trigger(schedule.id(), schedule.workflowId(), now);
        },
        (entry, run) ->
            entry.withDetail((run.joined() ? "joined " : "started ") + run.workflowId()));
  }

  BackfillResponse backfill(String id, BackfillRequest range, Caller caller) {
    return run(
        command("backfill", id, range.reason(), caller).needingBackend(),
        id,
        schedule -> {
          requireOn(schedule);
          Instant from = wholeSecond(range.from());
          Instant to = wholeSecond(range.to());
          refuseBadRange(range);
          int actions = temporal.firstTimes(schedule.id(), from, to).size();
          if (actions == TemporalSchedules.MAX_TIMES) {
            throw Refusal.field(
                "/to",
                "lies %d actions or more after from: take less at a time".formatted(actions));
          }
          temporal.backfill(schedule.id(), from, to);
          return new BackfillResponse(schedule.id(), range.from(), range.to(), actions);
        },
        (entry, done) ->
            entry.withDetail(
                "%d actions from %s to %s".formatted(done.actions(), done.from(), done.to())));
  }

  private Command command(String action, String id, @Nullable String reason, Caller caller) {
    return commands.by(caller).audited(new AuditedAction(action, id, null, reason));
  }

  private <T> T run(
      Command command,
      String id,
      Function<ScheduleRow, T> work,
      BiFunction<AuditedAction, T, @Nullable AuditedAction> done) {
    return command.runOutside(
        () -> {
          // Read first, so that an unavailable database is noticed before anything is done.
          ScheduleRow schedule = rows.find(id).orElseThrow(() -> Refusal.notFound("schedule"));
          try {
            return work.apply(schedule);
          } catch (StatusRuntimeException e) {
            throw TemporalUnavailable.explains(e) ? Refusal.temporalUnavailable(e) : e;
          }
        },
        done);
  }

  private static String note(String reason, Caller caller) {
    return caller.name() + ": " + reason;
  }

  private void refuseBadRange(BackfillRequest range) {
    Instant now = clock.instant();
    if (!range.from().isBefore(range.to())) {
      throw Refusal.field("/to", "must be later than from");
    }
    if (range.to().isAfter(now)) {
      throw Refusal.field("/to", "must not be in the future");
    }
    if (range.from().isBefore(now.minus(LONGEST_AGO))) {
      throw Refusal.field("/from", "must be within the last 366 days");
    }
  }

  /** Schedules act at whole seconds, so that the next one is as good a bound. */
  private static Instant wholeSecond(Instant at) {
    Instant second = at.truncatedTo(ChronoUnit.SECONDS);
    return second.equals(at) ? at : second.plusSeconds(1);
  }

  private static void requireOn(ScheduleRow schedule) {
    if (!schedule.enabled()) {
      throw Refusal.conflict("process-off", "The process is off: " + schedule.flag() + "=false");
    }
  }
}
