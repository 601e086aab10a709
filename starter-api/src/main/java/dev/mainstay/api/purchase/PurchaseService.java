package dev.mainstay.api.purchase;

import static dev.mainstay.db.generated.Tables.COURSE;
import static dev.mainstay.db.generated.Tables.CUSTOMER;
import static dev.mainstay.db.generated.Tables.PURCHASE;
import static dev.mainstay.db.generated.Tables.PURCHASE_REQUEST;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.selectOne;

import dev.mainstay.api.BackendProperties;
import dev.mainstay.api.access.ApiClient;
import dev.mainstay.api.database.IntakeDatabase;
import dev.mainstay.api.problem.FieldProblem;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.db.TimeOrderedId;
import dev.mainstay.db.intake.Intake;
import dev.mainstay.db.intake.IntakeResult;
import dev.mainstay.db.intake.IntakeRow;
import dev.mainstay.db.intake.IntakeWake;
import dev.mainstay.db.purchase.PurchaseStatus;
import dev.mainstay.workflows.purchase.PurchaseBatchWorkflow;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes payments in, each in one transaction. A payment is known by its provider and the provider's
 * id: whoever brings it again is given the first one's purchase.
 */
@Component
public class PurchaseService {

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final Intake intake;
  private final IdempotencyKeys idempotencyKeys;
  private final PaymentAttention attention;
  private final JsonMapper json;
  private final InstantSource clock;
  private final BackendProperties backend;
  private final Counter takenIn;
  private final Counter repeated;

  PurchaseService(
      IntakeDatabase database,
      IntakeWake wake,
      PaymentAttention attention,
      JsonMapper json,
      InstantSource clock,
      BackendProperties backend,
      MeterRegistry metrics) {
    this.database = database.jooq();
    this.transaction = database.transaction();
    this.intake = new Intake(this.database, wake);
    this.idempotencyKeys = new IdempotencyKeys(this.database, json);
    this.attention = attention;
    this.json = json;
    this.clock = clock;
    this.backend = backend;
    this.takenIn = metrics.counter("mainstay.purchases.taken.in", "repeat", "false");
    this.repeated = metrics.counter("mainstay.purchases.taken.in", "repeat", "true");
  }

  /**
   * Takes in what a client asks for.
   *
   * @param idempotencyKey the client's own name for the request, null where it gave none
   * @throws Refusal if student or course are unknown, or the payment or the idempotency key stand
   *     for something else; then nothing is stored
   */
  PurchaseAcceptedResponse take(
      PurchaseRequest order,
      @Nullable String idempotencyKey,
      ApiClient client,
      String correlationId) {
    return inTransaction(() ->
        idempotencyKeys.firstAnswer(
            client.owner(),
            idempotencyKey,
            "POST /api/v1/purchases " + json.writeValueAsString(order),
            () -> {
              Taken taken = takeIn(order, client.owner(), correlationId);
              if (taken.first()) {
                requireKnown(order);
              } else if (taken.conflicting()) {
                throw Refusal.conflict(
                    "payment-taken-otherwise",
                    "The payment was taken in before, for another student or course");
              }
              return taken;
            },
            PurchaseAcceptedResponse.class,
            Taken::answer,
            answer -> new Taken(answer, false, false)));
  }

  /**
   * Takes in what a provider's signed event says was paid. Nothing is refused: an unknown student
   * or course is for the process to find, and a payment that was taken in for another becomes an
   * attention item.
   */
  public PurchaseAcceptedResponse takeEvent(PurchaseRequest order, String correlationId) {
    return inTransaction(() -> {
      Taken taken = takeIn(order, null, correlationId);
      if (taken.conflicting()) {
        attention.conflicting(taken.answer(), order);
      }
      return taken;
    });
  }

  private PurchaseAcceptedResponse inTransaction(Supplier<Taken> work) {
    backend.require();
    Taken taken = Objects.requireNonNull(transaction.execute(_ -> work.get()));
    (taken.first() ? takenIn : repeated).increment();
    return taken.answer();
  }

  private Taken takeIn(PurchaseRequest order, @Nullable String client, String correlationId) {
    IntakeResult in =
        intake.take(
            new IntakeRow(
                PurchaseBatchWorkflow.KIND,
                order.provider(),
                order.providerPaymentId(),
                TimeOrderedId.next(clock),
                json.writeValueAsString(order.intake()),
                client,
                correlationId));
    return in.first()
        ? new Taken(
            PurchaseAcceptedResponse.of(in.businessId(), order, PurchaseStatus.PENDING.text()),
            true,
            false)
        : repeat(in.businessId(), order);
  }

  private Taken repeat(UUID id, PurchaseRequest order) {
    return database
        .select(PURCHASE_REQUEST.STUDENT_ID, PURCHASE_REQUEST.COURSE_ID, PurchaseFacts.status())
        .from(PURCHASE_REQUEST)
        .leftJoin(PURCHASE)
        .on(PURCHASE.ID.eq(PURCHASE_REQUEST.PURCHASE_ID))
        .where(PURCHASE_REQUEST.PURCHASE_ID.eq(id))
        .fetchSingle(first ->
            new Taken(
                PurchaseAcceptedResponse.of(id, order, first.value3()),
                false,
                !order.studentId().equals(first.value1())
                    || !order.courseId().equals(first.value2())));
  }

  private void requireKnown(PurchaseRequest order) {
    var known =
        database
            .select(
                field(
                    exists(
                        selectOne()
                            .from(CUSTOMER)
                            .where(
                                CUSTOMER.ID.eq(order.studentId()), CUSTOMER.ERASED_AT.isNull()))),
                field(exists(selectOne().from(COURSE).where(COURSE.ID.eq(order.courseId())))))
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
   * What came of taking a payment in.
   *
   * @param first whether nobody had brought the payment before
   * @param conflicting whether it was brought before for another student or course
   */
  record Taken(PurchaseAcceptedResponse answer, boolean first, boolean conflicting) {}
}
