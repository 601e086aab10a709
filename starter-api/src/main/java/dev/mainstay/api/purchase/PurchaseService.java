package dev.mainstay.api.purchase;

import static dev.mainstay.db.generated.Tables.COURSE;
import static dev.mainstay.db.generated.Tables.CUSTOMER;
import static dev.mainstay.db.generated.Tables.PURCHASE;
import static dev.mainstay.db.generated.Tables.PURCHASE_REQUEST;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.selectOne;

import dev.mainstay.api.access.Caller;
import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.api.problem.FieldProblem;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.db.TimeOrderedId;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.intake.Intake;
import dev.mainstay.db.intake.IntakeResult;
import dev.mainstay.db.intake.IntakeRow;
import dev.mainstay.db.intake.IntakeWake;
import dev.mainstay.db.purchase.PurchaseStatus;
import dev.mainstay.workflows.payment.PaymentCheckWorkflow;
import dev.mainstay.workflows.purchase.PurchaseBatchWorkflow;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Accepts payments, each in one transaction. A payment is identified by its provider and the
 * provider's id: a repeated payment is answered with the first one's purchase.
 */
@Component
public class PurchaseService {

  private final CommandRunner commands;
  private final DSLContext database;
  private final Intake intake;
  private final PaymentAttention attention;
  private final JsonMapper json;
  private final InstantSource clock;
  private final Counter first;
  private final Counter repeated;

  PurchaseService(
      CommandRunner commands,
      DSLContext database,
      IntakeWake wake,
      PaymentAttention attention,
      JsonMapper json,
      InstantSource clock,
      MeterRegistry metrics) {
    this.commands = commands;
    this.database = database;
    this.intake = new Intake(database, wake);
    this.attention = attention;
    this.json = json;
    this.clock = clock;
    this.first = metrics.counter("mainstay.purchases.taken.in", "repeat", "false");
    this.repeated = metrics.counter("mainstay.purchases.taken.in", "repeat", "true");
  }

  /**
   * Creates the purchase of a payment that a client reports.
   *
   * @throws Refusal if the student or the course is unknown, or the payment was accepted for
   *     another
   */
  PurchaseAcceptedResponse create(PurchaseRequest request, Caller caller) {
    return counted(id ->
        commands
            .by(caller)
            .needingBackend()
            .runOnce(
                PurchaseAcceptedResponse.class,
                () -> {
                  boolean toCheck = PaymentCheckWorkflow.PROVIDERS.contains(request.provider());
                  IntakeOutcome outcome =
                      takeIn(id, request, toCheck, caller.name(), caller.correlationId());
                  if (outcome.first()) {
                    requireKnown(request);
                    if (toCheck) {
                      enqueueCheck(id, request, caller);
                    }
                  } else if (outcome.conflicting()) {
                    throw Refusal.conflict(
                        "payment-taken-otherwise",
                        "The payment was taken in before, for another student, course, amount or currency");
                  }
                  return outcome.answer();
                }));
  }

  /**
   * Creates the purchase of a payment that a provider's signed event reports. Nothing is refused:
   * the process finds an unknown student or course, and a payment that was accepted for another
   * purchase, amount or currency becomes an attention item.
   */
  public PurchaseAcceptedResponse createFromEvent(PurchaseRequest request, String correlationId) {
    return counted(id ->
        commands.runForEvent(() -> {
          IntakeOutcome outcome = takeIn(id, request, false, null, correlationId);
          if (outcome.conflicting()) {
            attention.conflicting(outcome.answer(), request);
          }
          return outcome.answer();
        }));
  }

  /** Counts the payment: it is new if its purchase has the new id. */
  private PurchaseAcceptedResponse counted(Function<UUID, PurchaseAcceptedResponse> work) {
    UUID id = TimeOrderedId.next(clock);
    PurchaseAcceptedResponse answer = work.apply(id);
    (answer.id().equals(id) ? first : repeated).increment();
    return answer;
  }

  private IntakeOutcome takeIn(
      UUID id,
      PurchaseRequest request,
      boolean unconfirmed,
      @Nullable String client,
      String correlationId) {
    IntakeResult in =
        intake.take(
            new IntakeRow(
                PurchaseBatchWorkflow.KIND,
                request.provider(),
                request.providerPaymentId(),
                id,
                json.writeValueAsString(request.intake(unconfirmed)),
                client,
                correlationId));
    return in.first()
        ? new IntakeOutcome(
            PurchaseAcceptedResponse.of(in.businessId(), request, PurchaseStatus.PENDING.text()),
            true,
            false)
        : repeat(in.businessId(), request);
  }

  private void enqueueCheck(UUID id, PurchaseRequest request, Caller caller) {
    Routines.enqueuePaymentCheck(
        database.configuration(),
        id,
        request.provider(),
        request.providerPaymentId(),
        request.amountMinor(),
        request.currency().getCurrencyCode(),
        caller.name(),
        caller.correlationId());
  }

  private IntakeOutcome repeat(UUID id, PurchaseRequest request) {
    return database
        .select(
            PURCHASE_REQUEST.STUDENT_ID,
            PURCHASE_REQUEST.COURSE_ID,
            PURCHASE_REQUEST.AMOUNT_MINOR,
            PURCHASE_REQUEST.CURRENCY,
            PurchaseFacts.status())
        .from(PURCHASE_REQUEST)
        .leftJoin(PURCHASE)
        .on(PURCHASE.ID.eq(PURCHASE_REQUEST.PURCHASE_ID))
        .where(PURCHASE_REQUEST.PURCHASE_ID.eq(id))
        .fetchSingle(first ->
            new IntakeOutcome(
                PurchaseAcceptedResponse.of(id, request, first.value5()),
                false,
                !request.studentId().equals(first.value1())
                    || !request.courseId().equals(first.value2())
                    || request.amountMinor() != first.value3()
                    || !request.currency().getCurrencyCode().equals(first.value4())));
  }

  private void requireKnown(PurchaseRequest request) {
    var known =
        database
            .select(
                field(
                    exists(
                        selectOne()
                            .from(CUSTOMER)
                            .where(
                                CUSTOMER.ID.eq(request.studentId()), CUSTOMER.ERASED_AT.isNull()))),
                field(exists(selectOne().from(COURSE).where(COURSE.ID.eq(request.courseId())))))
            .fetchSingle();
    List<FieldProblem> unknown = new ArrayList<>(2);
    if (!known.value1()) {
      unknown.add(new FieldProblem("/studentId", "is no customer's id"));
    }
    if (!known.value2()) {
      unknown.add(new FieldProblem("/courseId", "is no course's id"));
    }
    if (!unknown.isEmpty()) {
      throw Refusal.fields(unknown);
    }
  }

  /**
   * The result of accepting a payment.
   *
   * @param first whether the payment is new
   * @param conflicting whether it was accepted before for another student, course, amount or
   *     currency
   */
  record IntakeOutcome(PurchaseAcceptedResponse answer, boolean first, boolean conflicting) {}
}
