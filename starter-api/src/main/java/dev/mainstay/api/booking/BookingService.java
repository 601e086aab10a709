package dev.mainstay.api.booking;

import static dev.mainstay.db.generated.Tables.BOOKING;
import static dev.mainstay.db.generated.Tables.VENDOR;

import dev.mainstay.api.BackendProperties;
import dev.mainstay.api.CommissionProperties;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.access.Role;
import dev.mainstay.api.database.IntakeDatabase;
import dev.mainstay.api.problem.FieldProblem;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.purchase.IdempotencyKeys;
import dev.mainstay.db.TimeOrderedId;
import dev.mainstay.db.audit.Audit;
import dev.mainstay.db.audit.AuditEntry;
import dev.mainstay.db.audit.AuditEntry.Outcome;
import dev.mainstay.db.booking.BookingStatus;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.intake.Intake;
import dev.mainstay.db.intake.IntakeWake;
import dev.mainstay.workflows.notification.NotificationWorkflow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes bookings in and moves them on, each in one transaction with its event and the intake row of
 * its messages. What an operator did or tried is in the audit log.
 */
@Component
class BookingService {

  private static final String CREATED = "booking.created";

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final Intake intake;
  private final BookingQueries reader;
  private final IdempotencyKeys idempotencyKeys;
  private final Audit audit;
  private final CommissionProperties commission;
  private final InstantSource clock;
  private final BackendProperties backend;

  BookingService(
      IntakeDatabase database,
      IntakeWake wake,
      JsonMapper json,
      CommissionProperties commission,
      InstantSource clock,
      BackendProperties backend) {
    this.database = database.jooq();
    this.transaction = database.transaction();
    this.intake = new Intake(this.database, wake);
    this.reader = new BookingQueries(this.database);
    this.idempotencyKeys = new IdempotencyKeys(this.database, json);
    this.audit = new Audit(this.database);
    this.commission = commission;
    this.clock = clock;
    this.backend = backend;
  }

  /**
   * Takes a booking in.
   *
   * @throws Refusal if vendor or customer are unknown, or it is to start in the past; then nothing
   *     is stored
   */
  BookingAcceptedResponse take(BookingRequest order, Caller caller) {
    backend.require();
    return once(
        "POST /api/v1/bookings " + order,
        BookingAcceptedResponse.class,
        caller,
        () -> {
          requireSound(order);
          UUID id = insert(order, caller);
          Routines.emitBookingEvent(
              database.configuration(), id, CREATED, JSONB.valueOf("{}"), caller.correlationId());
          return new BookingAcceptedResponse(
              id, NotificationWorkflow.id(CREATED, id), BookingStatus.OPEN.text());
        });
  }

  Booking pay(UUID id, BookingPayRequest payment, Caller caller) {
    return move(
        new Request(id, "pay", payment, null),
        caller,
        () ->
            Routines.payBooking(
                database.configuration(),
                id,
                clampToEpoch(payment.paidAt()),
                clock.instant(),
                caller.correlationId()));
  }

  Booking complete(UUID id, BookingCompleteRequest completion, Caller caller) {
    return move(
        new Request(id, "complete", completion, null),
        caller,
        () ->
            Routines.completeBooking(
                database.configuration(),
                id,
                clampToEpoch(completion.deliveredAt()),
                commission.percent(),
                clock.instant(),
                caller.correlationId(),
                caller.client().owner()));
  }

  Booking cancel(UUID id, BookingCancelRequest cancellation, Caller caller) {
    return move(
        new Request(id, "cancel", cancellation, cancellation.reason()),
        caller,
        () ->
            Routines.cancelBooking(
                database.configuration(),
                id,
                cancellation.reason(),
                clock.instant(),
                caller.correlationId()));
  }

  private void requireSound(BookingRequest order) {
    List<FieldProblem> problems = new ArrayList<>();
    if (!database.fetchExists(VENDOR, VENDOR.ID.eq(order.vendorId()))) {
      problems.add(new FieldProblem("/vendorId", "is no vendor's id"));
    }
    // Who is being erased at the same time is waited for
    if (!Routines.lockCustomer(database.configuration(), order.customerId())) {
      problems.add(new FieldProblem("/customerId", "is no customer's id"));
    }
    if (!order.isImported() && order.startsAt().isBefore(clock.instant())) {
      problems.add(new FieldProblem("/startsAt", "must not be in the past, unless it is imported"));
    }
    if (order.startsAt().isBefore(Instant.EPOCH)) {
      problems.add(new FieldProblem("/startsAt", "must not be before 1970"));
    }
    if (order.paymentDueAt() != null && order.paymentDueAt().isBefore(Instant.EPOCH)) {
      problems.add(new FieldProblem("/paymentDueAt", "must not be before 1970"));
    }
    if (!problems.isEmpty()) {
      throw Refusal.fields(problems);
    }
  }

  private UUID insert(BookingRequest order, Caller caller) {
    UUID id = TimeOrderedId.next(clock);
    database
        .insertInto(BOOKING)
        .set(BOOKING.ID, id)
        .set(BOOKING.CUSTOMER_ID, order.customerId())
        .set(BOOKING.VENDOR_ID, order.vendorId())
        .set(BOOKING.SERVICE, order.service())
        .set(BOOKING.SUBJECT, order.subject())
        .set(BOOKING.PLACE, order.place())
        .set(BOOKING.STARTS_AT, order.startsAt())
        .set(BOOKING.ZONE, order.zone().getId())
        .set(BOOKING.PRICE_MINOR, order.priceMinor())
        .set(BOOKING.CURRENCY, order.currency().getCurrencyCode())
        .set(BOOKING.PAYMENT_DUE_AT, order.paymentDueAt())
        .set(BOOKING.IMPORTED, order.isImported())
        .set(BOOKING.TEST_DATA, order.isTestData())
        .set(BOOKING.CLIENT, caller.client().owner())
        .set(BOOKING.CORRELATION_ID, caller.correlationId())
        .set(BOOKING.CREATED_AT, clock.instant())
        .execute();
    return id;
  }

  /**
   * Does what is asked for, once under an idempotency key.
   *
   * @param work answers null, or why it was not done
   */
  private Booking move(Request request, Caller caller, Supplier<@Nullable String> work) {
    if (reader.find(request.id(), caller.client()).isEmpty()) {
      throw Refusal.notFound("booking");
    }
    try {
      return once(
          request.text(),
          Booking.class,
          caller,
          () -> {
            String obstacle = work.get();
            if (obstacle != null) {
              throw BookingRejection.of(obstacle).refusal();
            }
            record(request, caller, Outcome.DONE, null);
            return reader.find(request.id(), caller.client()).orElseThrow();
          });
    } catch (Refusal refusal) {
      String why = refusal.getBody().getDetail();
      transaction.executeWithoutResult(_ -> record(request, caller, Outcome.REFUSED, why));
      throw refusal;
    }
  }

  private <T> T once(String request, Class<T> type, Caller caller, Supplier<T> work) {
    return Objects.requireNonNull(
        transaction.execute(_ -> {
          intake.wakeAfterCommit();
          return idempotencyKeys.firstAnswer(
              caller.client().owner(),
              caller.idempotencyKey(),
              request,
              work,
              type,
              Function.identity(),
              Function.identity());
        }));
  }

  private void record(Request request, Caller caller, Outcome outcome, @Nullable String detail) {
    if (caller.client().roles().contains(Role.OPERATOR)) {
      audit.record(
          new AuditEntry(
              caller.client().owner(),
              request.action(),
              "booking/" + request.id(),
              request.id(),
              request.reason(),
              outcome,
              detail,
              caller.correlationId()));
    }
  }

  /** Nothing of ours lies before this, and years that PostgreSQL does not know do. */
  private static @Nullable Instant clampToEpoch(@Nullable Instant given) {
    return given != null && given.isBefore(Instant.EPOCH) ? Instant.EPOCH : given;
  }

  private record Request(UUID id, String action, Record body, @Nullable String reason) {

    /** What the idempotency key stands for. */
    String text() {
      return "POST /api/v1/bookings/%s/%s %s".formatted(id, action, body);
    }
  }
}
