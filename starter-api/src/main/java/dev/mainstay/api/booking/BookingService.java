package dev.mainstay.api.booking;

import static dev.mainstay.db.generated.Tables.BOOKING;
import static dev.mainstay.db.generated.Tables.VENDOR;
import static java.util.Objects.requireNonNullElse;

import dev.mainstay.api.CommissionProperties;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.command.AuditedAction;
import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.api.problem.FieldProblem;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.problem.Rejection;
import dev.mainstay.db.TimeOrderedId;
import dev.mainstay.db.booking.BookingStatus;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.workflows.notification.NotificationWorkflow;
import dev.mainstay.workflows.payment.PaymentCheckWorkflow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Creates bookings and changes their status, each with its event and the messages about it. */
@Component
class BookingService {

  private static final String CREATED = "booking.created";

  private final CommandRunner commands;
  private final DSLContext database;
  private final BookingQueries bookings;
  private final CommissionProperties commission;
  private final InstantSource clock;

  BookingService(
      CommandRunner commands,
      DSLContext database,
      BookingQueries bookings,
      CommissionProperties commission,
      InstantSource clock) {
    this.commands = commands;
    this.database = database;
    this.bookings = bookings;
    this.commission = commission;
    this.clock = clock;
  }

  /**
   * Creates a booking.
   *
   * @throws Refusal if the vendor or the customer is unknown, or it starts in the past
   */
  BookingAcceptedResponse create(BookingRequest request, Caller caller) {
    return commands
        .by(caller)
        .needingBackend()
        .runOnce(
            BookingAcceptedResponse.class,
            () -> {
              requireValid(request);
              UUID id = insert(request, caller);
              Routines.emitBookingEvent(
                  database.configuration(),
                  id,
                  CREATED,
                  JSONB.valueOf("{}"),
                  caller.correlationId());
              return new BookingAcceptedResponse(
                  id, NotificationWorkflow.id(CREATED, id), BookingStatus.OPEN.text());
            });
  }

  /**
   * Records the payment of a booking.
   *
   * @throws Refusal if the payment's provider or its id is missing beside the other, or the booking
   *     cannot be paid with it
   */
  Booking pay(UUID id, BookingPayRequest request, Caller caller) {
    requireWhole(request);
    return change(
        id,
        "pay",
        null,
        caller,
        () ->
            Routines.payBooking(
                database.configuration(),
                id,
                request.provider(),
                request.providerPaymentId(),
                PaymentCheckWorkflow.PROVIDERS.contains(requireNonNullElse(request.provider(), "")),
                clampToEpoch(request.paidAt()),
                clock.instant(),
                caller.correlationId(),
                caller.name()));
  }

  Booking complete(UUID id, BookingCompleteRequest request, Caller caller) {
    return change(
        id,
        "complete",
        null,
        caller,
        () ->
            Routines.completeBooking(
                database.configuration(),
                id,
                clampToEpoch(request.deliveredAt()),
                commission.percent(),
                clock.instant(),
                caller.correlationId(),
                caller.name()));
  }

  Booking cancel(UUID id, BookingCancelRequest request, Caller caller) {
    return change(
        id,
        "cancel",
        request.reason(),
        caller,
        () ->
            Routines.cancelBooking(
                database.configuration(),
                id,
                request.reason(),
                clock.instant(),
                caller.correlationId()));
  }

  /**
   * Changes the status of a booking.
   *
   * @param step returns null, or why the status cannot be changed
   */
  private Booking change(
      UUID id,
      String action,
      @Nullable String reason,
      Caller caller,
      Supplier<@Nullable String> step) {
    return commands
        .by(caller)
        .about("booking", bookings.find(id, caller.client()))
        .auditedOfOperators(new AuditedAction(action, "booking/" + id, id, reason))
        .runOnce(
            Booking.class,
            () -> {
              Rejection.refuse(BookingRejection.class, step.get());
              return bookings.find(id, caller.client()).orElseThrow();
            });
  }

  private static void requireWhole(BookingPayRequest request) {
    if ((request.provider() == null) != (request.providerPaymentId() == null)) {
      throw Refusal.field(
          request.provider() == null ? "/provider" : "/providerPaymentId",
          "must be given, as the other one is");
    }
  }

  private void requireValid(BookingRequest request) {
    List<FieldProblem> problems = new ArrayList<>();
    if (!database.fetchExists(VENDOR, VENDOR.ID.eq(request.vendorId()))) {
      problems.add(new FieldProblem("/vendorId", "is no vendor's id"));
    }
    // Waits for an erasure of the customer that is under way
    if (!Routines.lockCustomer(database.configuration(), request.customerId())) {
      problems.add(new FieldProblem("/customerId", "is no customer's id"));
    }
    if (!request.isImported() && request.startsAt().isBefore(clock.instant())) {
      problems.add(new FieldProblem("/startsAt", "must not be in the past, unless it is imported"));
    }
    if (request.startsAt().isBefore(Instant.EPOCH)) {
      problems.add(new FieldProblem("/startsAt", "must not be before 1970"));
    }
    if (request.paymentDueAt() != null && request.paymentDueAt().isBefore(Instant.EPOCH)) {
      problems.add(new FieldProblem("/paymentDueAt", "must not be before 1970"));
    }
    if (!problems.isEmpty()) {
      throw Refusal.fields(problems);
    }
  }

  private UUID insert(BookingRequest request, Caller caller) {
    UUID id = TimeOrderedId.next(clock);
    database
        .insertInto(BOOKING)
        .set(BOOKING.ID, id)
        .set(BOOKING.CUSTOMER_ID, request.customerId())
        .set(BOOKING.VENDOR_ID, request.vendorId())
        .set(BOOKING.SERVICE, request.service())
        .set(BOOKING.SUBJECT, request.subject())
        .set(BOOKING.PLACE, request.place())
        .set(BOOKING.STARTS_AT, request.startsAt())
        .set(BOOKING.ZONE, request.zone().getId())
        .set(BOOKING.PRICE_MINOR, request.priceMinor())
        .set(BOOKING.CURRENCY, request.currency().getCurrencyCode())
        .set(BOOKING.PAYMENT_DUE_AT, request.paymentDueAt())
        .set(BOOKING.IMPORTED, request.isImported())
        .set(BOOKING.TEST_DATA, request.isTestData())
        .set(BOOKING.CLIENT, caller.name())
        .set(BOOKING.CORRELATION_ID, caller.correlationId())
        .set(BOOKING.CREATED_AT, clock.instant())
        .execute();
    return id;
  }

  /** No row of ours is earlier than this, but years that PostgreSQL does not know are. */
  private static @Nullable Instant clampToEpoch(@Nullable Instant given) {
    return given != null && given.isBefore(Instant.EPOCH) ? Instant.EPOCH : given;
  }
}
