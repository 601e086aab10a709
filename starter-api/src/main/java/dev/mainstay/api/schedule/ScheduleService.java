package dev.mainstay.api.schedule;

import dev.mainstay.api.BackendProperties;
import dev.mainstay.api.access.ApiClient;
import dev.mainstay.api.problem.FieldProblem;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.temporal.TemporalUnavailable;
import dev.mainstay.db.audit.Audit;
import dev.mainstay.db.audit.AuditEntry;
import dev.mainstay.db.audit.AuditEntry.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * An operator's hand on the schedules. Each action, and each that is refused, is in the audit log.
 */
@Component
public class ScheduleService {

  private static final Duration LONGEST_AGO = Duration.ofDays(366);

  private final ScheduleRows rows;
  private final TemporalSchedules temporal;
  private final BackendProperties backend;
  private final Audit audit;
  private final InstantSource clock;

  ScheduleService(
      ScheduleRows rows,
      TemporalSchedules temporal,
      BackendProperties backend,
      DSLContext database,
      InstantSource clock) {
    this.rows = rows;
    this.temporal = temporal;
    this.backend = backend;
    this.audit = new Audit(database);
    this.clock = clock;
  }

  void pause(String id, Request request) {
    var _ =
        audited(
            "pause",
            id,
            request,
            schedule -> {
              temporal.pause(schedule.id(), request.note());
              return new Done<>(schedule, null);
            });
  }

  void resume(String id, Request request) {
    var _ =
        audited(
            "resume",
            id,
            request,
            schedule -> {
              requireOn(schedule);
              temporal.resume(schedule.id(), request.note());
              return new Done<>(schedule, null);
            });
  }

  /**
   * Has the schedule act now, or joins the run that is open.
   *
   * @throws Refusal where there is no such schedule, or its process is off
   */
  public Triggered trigger(String id, Request request) {
    return audited(
        "trigger",
        id,
        request,
        schedule -> {
          backend.require();
          requireOn(schedule);
          Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
          Triggered run = temporal.trigger(schedule.id(), schedule.workflowId(), now);
          return new Done<>(run, (run.joined() ? "joined " : "started ") + run.workflowId());
        });
  }

  BackfillRequest.Answer backfill(String id, BackfillRequest range, Request request) {
    return audited(
        "backfill",
        id,
        request,
        schedule -> {
          backend.require();
          requireOn(schedule);
          Instant from = wholeSecond(range.from());
          Instant to = wholeSecond(range.to());
          refuseBadRange(range);
          int actions = temporal.firstTimes(schedule.id(), from, to).size();
          if (actions == TemporalSchedules.MOST_TIMES) {
            throw badField(
                "/to",
                "lies %d actions or more after from: take less at a time".formatted(actions));
          }
          temporal.backfill(schedule.id(), from, to);
          return new Done<>(
              new BackfillRequest.Answer(schedule.id(), range.from(), range.to(), actions),
              "%d actions from %s to %s".formatted(actions, range.from(), range.to()));
        });
  }

  private void refuseBadRange(BackfillRequest range) {
    Instant now = clock.instant();
    if (!range.from().isBefore(range.to())) {
      throw badField("/to", "must be later than from");
    }
    if (range.to().isAfter(now)) {
      throw badField("/to", "must not be in the future");
    }
    if (range.from().isBefore(now.minus(LONGEST_AGO))) {
      throw badField("/from", "must be within the last 366 days");
    }
  }

  /** Schedules act at whole seconds, so that the next one is as good a bound. */
  private static Instant wholeSecond(Instant at) {
    Instant second = at.truncatedTo(ChronoUnit.SECONDS);
    return second.equals(at) ? at : second.plusSeconds(1);
  }

  private static Refusal badField(String pointer, String message) {
    return Refusal.fields(List.of(new FieldProblem(pointer, message)));
  }

  private static void requireOn(ScheduleRow schedule) {
    if (!schedule.enabled()) {
      throw Refusal.conflict("process-off", "The process is off: " + schedule.flag() + "=false");
    }
  }

  private <T> T audited(
      String action, String id, Request request, Function<ScheduleRow, Done<T>> work) {
    try {
      // Read first, so that a database that is away is told of before anything is done.
      ScheduleRow schedule = rows.find(id).orElseThrow(() -> Refusal.notFound("schedule"));
      Done<T> done = work.apply(schedule);
      record(action, id, request, Outcome.DONE, done.detail());
      return done.answer();
    } catch (Refusal refusal) {
      record(action, id, request, Outcome.REFUSED, why(refusal));
      throw refusal;
    } catch (RuntimeException e) {
      if (TemporalUnavailable.explains(e)) {
        record(action, id, request, Outcome.REFUSED, "Temporal is away");
      }
      throw e;
    }
  }

  private static @Nullable String why(Refusal refusal) {
    var errors = refusal.getBody().getProperties();
    return errors != null && errors.get("errors") instanceof List<?> fields
        ? fields.toString()
        : refusal.getBody().getDetail();
  }

  private void record(
      String action, String id, Request request, Outcome outcome, @Nullable String detail) {
    audit.record(
        new AuditEntry(
            request.client().owner(),
            action,
            id,
            null,
            request.reason(),
            outcome,
            detail,
            request.correlationId()));
  }

  private record Done<T>(T answer, @Nullable String detail) {}

  /**
   * Who asks, and why.
   *
   * @param reason null where none has to be given
   */
  public record Request(ApiClient client, @Nullable String reason, String correlationId) {

    private String note() {
      return client.owner() + ": " + reason;
    }
  }
}
