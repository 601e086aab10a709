package dev.mainstay.api.session;

import static java.util.Objects.requireNonNullElse;

import dev.mainstay.api.CommissionProperties;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.access.Role;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.purchase.IdempotencyKeys;
import dev.mainstay.db.audit.Audit;
import dev.mainstay.db.audit.AuditEntry;
import dev.mainstay.db.audit.AuditEntry.Outcome;
import dev.mainstay.db.generated.Routines;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * Moves course sessions on, each in one transaction. No process starts by it, so it needs neither
 * an intake row nor Temporal. What an operator did or tried is in the audit log.
 */
@Component
class CourseSessionService {

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final CourseSessionQueries reader;
  private final IdempotencyKeys idempotencyKeys;
  private final Audit audit;
  private final CommissionProperties commission;
  private final InstantSource clock;

  CourseSessionService(
      DSLContext database,
      TransactionOperations transaction,
      CourseSessionQueries reader,
      JsonMapper json,
      CommissionProperties commission,
      InstantSource clock) {
    this.database = database;
    this.transaction = transaction;
    this.reader = reader;
    this.idempotencyKeys = new IdempotencyKeys(database, json);
    this.audit = new Audit(database);
    this.commission = commission;
    this.clock = clock;
  }

  CourseSession complete(UUID id, CourseSessionCompleteRequest completion, Caller caller) {
    return move(
        new Request(id, "complete", completion, null),
        caller,
        () -> {
          Instant now = clock.instant();
          Instant delivered = requireNonNullElse(completion.deliveredAt(), now);
          return Routines.completeSession(
              database.configuration(),
              id,
              clampToEpoch(delivered),
              commission.percent(),
              now,
              caller.correlationId(),
              caller.client().owner());
        });
  }

  CourseSession cancel(UUID id, CourseSessionCancelRequest cancellation, Caller caller) {
    return move(
        new Request(id, "cancel", cancellation, cancellation.reason()),
        caller,
        () ->
            Routines.cancelSession(
                database.configuration(), id, cancellation.reason(), caller.correlationId()));
  }

  CourseSession reschedule(UUID id, CourseSessionRescheduleRequest move, Caller caller) {
    return move(
        new Request(id, "reschedule", move, null),
        caller,
        () ->
            Routines.rescheduleSession(
                database.configuration(),
                id,
                clampToEpoch(move.startsAt()),
                clock.instant(),
                caller.correlationId()));
  }

  /**
   * Does what is asked for, once under an idempotency key.
   *
   * @param work answers null, or why it was not done
   */
  private CourseSession move(Request request, Caller caller, Supplier<@Nullable String> work) {
    if (reader.find(request.id(), caller.client()).isEmpty()) {
      throw Refusal.notFound("session");
    }
    try {
      return inTransaction(() ->
          idempotencyKeys.firstAnswer(
              caller.client().owner(),
              caller.idempotencyKey(),
              request.text(),
              () -> {
                String obstacle = work.get();
                if (obstacle != null) {
                  throw CourseSessionRejection.of(obstacle).refusal();
                }
                record(request, caller, Outcome.DONE, null);
                return reader.find(request.id(), caller.client()).orElseThrow();
              },
              CourseSession.class,
              Function.identity(),
              Function.identity()));
    } catch (Refusal refusal) {
      String why = refusal.getBody().getDetail();
      transaction.executeWithoutResult(_ -> record(request, caller, Outcome.REFUSED, why));
      throw refusal;
    }
  }

  private CourseSession inTransaction(Supplier<CourseSession> work) {
    return Objects.requireNonNull(transaction.execute(_ -> work.get()));
  }

  private void record(Request request, Caller caller, Outcome outcome, @Nullable String detail) {
    if (caller.client().roles().contains(Role.OPERATOR)) {
      audit.record(
          new AuditEntry(
              caller.client().owner(),
              request.action(),
              "session/" + request.id(),
              request.id(),
              request.reason(),
              outcome,
              detail,
              caller.correlationId()));
    }
  }

  /** No session lies before this, and years that PostgreSQL does not know do. */
  private static Instant clampToEpoch(Instant given) {
    return given.isBefore(Instant.EPOCH) ? Instant.EPOCH : given;
  }

  private record Request(UUID id, String action, Record body, @Nullable String reason) {

    /** What the idempotency key stands for. */
    String text() {
      return "POST /api/v1/sessions/%s/%s %s".formatted(id, action, body);
    }
  }
}
