package dev.mainstay.api.session;

import static java.util.Objects.requireNonNullElse;

import dev.mainstay.api.CommissionProperties;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.command.AuditedAction;
import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.api.problem.Rejection;
import dev.mainstay.db.generated.Routines;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Completes, cancels and reschedules course sessions. No process starts by it. */
@Component
class CourseSessionService {

  private final CommandRunner commands;
  private final DSLContext database;
  private final CourseSessionQueries sessions;
  private final CommissionProperties commission;
  private final InstantSource clock;

  CourseSessionService(
      CommandRunner commands,
      DSLContext database,
      CourseSessionQueries sessions,
      CommissionProperties commission,
      InstantSource clock) {
    this.commands = commands;
    this.database = database;
    this.sessions = sessions;
    this.commission = commission;
    this.clock = clock;
  }

  CourseSession complete(UUID id, CourseSessionCompleteRequest request, Caller caller) {
    return change(
        id,
        "complete",
        null,
        caller,
        () -> {
          Instant now = clock.instant();
          Instant delivered = requireNonNullElse(request.deliveredAt(), now);
          return Routines.completeSession(
              database.configuration(),
              id,
              clampToEpoch(delivered),
              commission.percent(),
              now,
              caller.correlationId(),
              caller.name());
        });
  }

  CourseSession cancel(UUID id, CourseSessionCancelRequest request, Caller caller) {
    return change(
        id,
        "cancel",
        request.reason(),
        caller,
        () ->
            Routines.cancelSession(
                database.configuration(), id, request.reason(), caller.correlationId()));
  }

  CourseSession reschedule(UUID id, CourseSessionRescheduleRequest request, Caller caller) {
    return change(
        id,
        "reschedule",
        null,
        caller,
        () ->
            Routines.rescheduleSession(
                database.configuration(),
                id,
                clampToEpoch(request.startsAt()),
                clock.instant(),
                caller.correlationId()));
  }

  /**
   * Changes a session.
   *
   * @param step returns null, or why the session cannot be changed
   */
  private CourseSession change(
      UUID id,
      String action,
      @Nullable String reason,
      Caller caller,
      Supplier<@Nullable String> step) {
    return commands
        .by(caller)
        .about("session", sessions.find(id, caller.client()))
        .auditedOfOperators(new AuditedAction(action, "session/" + id, id, reason))
        .runOnce(
            CourseSession.class,
            () -> {
              Rejection.refuse(CourseSessionRejection.class, step.get());
              return sessions.find(id, caller.client()).orElseThrow();
            });
  }

  /** No session lies before this, and years that PostgreSQL does not know do. */
  private static Instant clampToEpoch(Instant given) {
    return given.isBefore(Instant.EPOCH) ? Instant.EPOCH : given;
  }
}
