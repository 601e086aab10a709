package dev.mainstay.api.refund;

import static dev.mainstay.db.generated.Tables.PURCHASE_REQUEST;

import dev.mainstay.api.access.Caller;
import dev.mainstay.api.command.AuditedAction;
import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.workflows.purchase.PurchaseWorkflow;
import dev.mainstay.workflows.refund.RefundWorkflow;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes in refunds: those that operators request, and those that a provider reports. */
@Component
public class RefundService {

  private final CommandRunner commands;
  private final DSLContext database;

  RefundService(CommandRunner commands, DSLContext database) {
    this.commands = commands;
    this.database = database;
  }

  /**
   * Requests a refund from the provider of a purchase's payment.
   *
   * @throws Refusal if there is no such purchase, its provider has no gateway here, or less is left
   *     of the payment
   */
  RefundAcceptedResponse request(UUID purchaseId, RefundRequest request, Caller caller) {
    Optional<Payment> payment = payment(purchaseId);
    String subject =
        payment
            .map(known -> PurchaseWorkflow.id(known.provider(), known.id()))
            .orElse("purchase/" + purchaseId);
    return commands
        .by(caller)
        .needingBackend()
        .audited(new AuditedAction("refund", subject, purchaseId, request.reason()))
        .runOnce(
            RefundAcceptedResponse.class,
            () ->
                request(
                    purchaseId,
                    payment.orElseThrow(() -> Refusal.notFound("purchase")),
                    request,
                    caller));
  }

  /**
   * Requests all that is left of a purchase's payment, in the transaction of the caller's command;
   * nothing where nothing is left, so that it can be repeated.
   *
   * @throws Refusal if the payment's provider has no gateway here
   */
  public void requestRemaining(UUID purchaseId, String reason, Caller caller) {
    Payment payment = payment(purchaseId).orElseThrow(() -> Refusal.notFound("purchase"));
    requireGateway(payment);
    var _ = request(purchaseId, null, reason, caller);
  }

  /**
   * Requests the refund of an attention item again, in the transaction of the caller's command.
   *
   * @param itemKey the item's business key
   * @throws Refusal if nothing is left of the payment
   */
  public void requestAgain(UUID purchaseId, String itemKey, String reason, Caller caller) {
    if (Routines.requestRefundAgain(
            database.configuration(),
            purchaseId,
            itemKey,
            caller.name(),
            reason,
            caller.name(),
            caller.correlationId())
        == null) {
      throw nothingToRefund();
    }
  }

  /** Takes in what a provider's signed event reports, also of a payment that is unknown here. */
  public void record(RefundFact fact, String correlationId) {
    var _ =
        commands.runForEvent(() ->
            Routines.recordRefundFact(
                database.configuration(),
                fact.provider(),
                fact.providerPaymentId(),
                fact.kind().text(),
                fact.providerId(),
                fact.amountMinor(),
                fact.currency().getCurrencyCode(),
                fact.status().text(),
                fact.requestId(),
                fact.failure(),
                correlationId));
  }

  private RefundAcceptedResponse request(
      UUID purchaseId, Payment payment, RefundRequest request, Caller caller) {
    requireGateway(payment);
    UUID id = request(purchaseId, request.amountMinor(), request.reason(), caller);
    if (id == null && request.amountMinor() == null) {
      throw nothingToRefund();
    }
    if (id == null) {
      throw Refusal.field("/amountMinor", "is more than is left of the payment");
    }
    return new RefundAcceptedResponse(
        id, RefundWorkflow.id(payment.provider(), payment.id(), id), "pending");
  }

  private static Refusal nothingToRefund() {
    return Refusal.conflict("nothing-to-refund", "Nothing is left of the payment to give back");
  }

  private static void requireGateway(Payment payment) {
    if (!RefundWorkflow.PROVIDERS.contains(payment.provider())) {
      throw Refusal.conflict(
          "no-gateway", "Payments of this provider cannot be given back from here");
    }
  }

  /** The request's id; null where less is left. */
  private @Nullable UUID request(
      UUID purchaseId, @Nullable Long amountMinor, String reason, Caller caller) {
    return Routines.requestRefund(
        database.configuration(),
        purchaseId,
        amountMinor,
        caller.name(),
        reason,
        caller.name(),
        caller.correlationId());
  }

  private Optional<Payment> payment(UUID purchaseId) {
    return database
        .select(PURCHASE_REQUEST.PROVIDER, PURCHASE_REQUEST.PROVIDER_PAYMENT_ID)
        .from(PURCHASE_REQUEST)
        .where(PURCHASE_REQUEST.PURCHASE_ID.eq(purchaseId))
        .fetchOptional(row -> new Payment(row.value1(), row.value2()));
  }

  private record Payment(String provider, String id) {}
}
