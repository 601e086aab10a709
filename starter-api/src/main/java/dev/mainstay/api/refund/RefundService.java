package dev.mainstay.api.refund;

import static dev.mainstay.db.generated.Tables.PURCHASE_REQUEST;

import dev.mainstay.api.BackendProperties;
import dev.mainstay.api.access.ApiClient;
import dev.mainstay.api.database.IntakeDatabase;
import dev.mainstay.api.problem.FieldProblem;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.purchase.IdempotencyKeys;
import dev.mainstay.db.audit.Audit;
import dev.mainstay.db.audit.AuditEntry;
import dev.mainstay.db.audit.AuditEntry.Outcome;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.intake.Intake;
import dev.mainstay.db.intake.IntakeWake;
import dev.mainstay.workflows.purchase.PurchaseWorkflow;
import dev.mainstay.workflows.refund.RefundWorkflow;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** Takes refunds in, each in one transaction: an operator's wishes and a provider's facts. */
@Component
public class RefundService {

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final Intake intake;
  private final IdempotencyKeys idempotencyKeys;
  private final Audit audit;
  private final BackendProperties backend;

  RefundService(
      IntakeDatabase database, IntakeWake wake, JsonMapper json, BackendProperties backend) {
    this.database = database.jooq();
    this.transaction = database.transaction();
    this.intake = new Intake(this.database, wake);
    this.idempotencyKeys = new IdempotencyKeys(this.database, json);
    this.audit = new Audit(this.database);
    this.backend = backend;
  }

  /**
   * Takes in what an operator wants. A refused attempt stands in the audit log and changes nothing
   * else.
   *
   * @throws Refusal if there is no such purchase, nobody to ask, or not as much left of its payment
   */
  RefundAcceptedResponse take(
      UUID purchaseId,
      RefundRequest wish,
      @Nullable String idempotencyKey,
      ApiClient client,
      String correlationId) {
    Optional<Payment> payment = payment(purchaseId);
    String subject =
        payment
            .map(p -> PurchaseWorkflow.id(p.provider(), p.id()))
            .orElse("purchase/" + purchaseId);
    try {
      return inTransaction(() ->
          idempotencyKeys.firstAnswer(
              client.owner(),
              idempotencyKey,
              "POST /api/v1/purchases/" + purchaseId + "/refund " + wish,
              () -> {
                Payment known = payment.orElseThrow(() -> Refusal.notFound("purchase"));
                RefundAcceptedResponse answer =
                    take(purchaseId, known, wish, client, correlationId);
                audit.record(
                    entry(client, subject, purchaseId, wish, Outcome.DONE, null, correlationId));
                return answer;
              },
              RefundAcceptedResponse.class,
              Function.identity(),
              Function.identity()));
    } catch (Refusal refusal) {
      String why = refusal.getBody().getDetail();
      transaction.executeWithoutResult(_ ->
          audit.record(
              entry(client, subject, purchaseId, wish, Outcome.REFUSED, why, correlationId)));
      throw refusal;
    }
  }

  /**
   * Takes in what a provider's signed event tells, also of a payment that nobody has told us of.
   */
  public void takeEvent(RefundFact fact, String correlationId) {
    inTransaction(() ->
        Routines.recordRefundFact(
            database.configuration(),
            fact.provider(),
            fact.providerPaymentId(),
            fact.kind().text(),
            fact.providerId(),
            fact.amountMinor(),
            fact.currency().getCurrencyCode(),
            correlationId));
  }

  private RefundAcceptedResponse take(
      UUID purchaseId,
      Payment payment,
      RefundRequest wish,
      ApiClient client,
      String correlationId) {
    if (!RefundWorkflow.PROVIDERS.contains(payment.provider())) {
      throw Refusal.conflict(
          "no-gateway", "Payments of this provider cannot be given back from here");
    }
    UUID id =
        Routines.requestRefund(
            database.configuration(),
            purchaseId,
            wish.amountMinor(),
            client.owner(),
            wish.reason(),
            client.owner(),
            correlationId);
    if (id == null && wish.amountMinor() == null) {
      throw Refusal.conflict("nothing-to-refund", "Nothing is left of the payment to give back");
    }
    if (id == null) {
      throw Refusal.fields(
          List.of(new FieldProblem("/amountMinor", "is more than is left of the payment")));
    }
    return new RefundAcceptedResponse(
        id, RefundWorkflow.id(payment.provider(), payment.id(), id), "pending");
  }

  private <T> T inTransaction(Supplier<T> work) {
    backend.require();
    return Objects.requireNonNull(
        transaction.execute(_ -> {
          intake.wakeAfterCommit();
          return work.get();
        }));
  }

  private Optional<Payment> payment(UUID purchaseId) {
    return database
        .select(PURCHASE_REQUEST.PROVIDER, PURCHASE_REQUEST.PROVIDER_PAYMENT_ID)
        .from(PURCHASE_REQUEST)
        .where(PURCHASE_REQUEST.PURCHASE_ID.eq(purchaseId))
        .fetchOptional(row -> new Payment(row.value1(), row.value2()));
  }

  private static AuditEntry entry(
      ApiClient client,
      String subject,
      UUID purchaseId,
      RefundRequest wish,
      Outcome outcome,
      @Nullable String detail,
      String correlationId) {
    return new AuditEntry(
        client.owner(),
        "refund",
        subject,
        purchaseId,
        wish.reason(),
        outcome,
        detail,
        correlationId);
  }

  private record Payment(String provider, String id) {}
}
