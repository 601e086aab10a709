package dev.mainstay.activities.payment;

import static dev.mainstay.db.generated.Tables.INTAKE;

import dev.mainstay.activities.payment.PaymentLookup.ReceivedPayment;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.workflows.payment.PaymentCheckIntake;
import dev.mainstay.workflows.payment.PaymentCheckSteps;
import dev.mainstay.workflows.payment.PaymentCheckWorkflow;
import dev.mainstay.workflows.process.Claimed;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** Asks the provider between two short transactions, never inside one. */
public final class PaymentCheckStepsImpl implements PaymentCheckSteps {

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final Map<String, PaymentLookup> lookups;
  private final InstantSource clock;

  /**
   * Asks these providers.
   *
   * @param lookups by the provider's name
   */
  public PaymentCheckStepsImpl(
      DSLContext database,
      TransactionOperations transaction,
      Map<String, PaymentLookup> lookups,
      InstantSource clock) {
    this.database = database;
    this.transaction = transaction;
    this.lookups = Map.copyOf(lookups);
    this.clock = clock;
  }

  @Override
  public Optional<String> check(Claimed<PaymentCheckIntake> payment) {
    markStarted(payment.businessId());
    PaymentCheckIntake asserted = payment.body();
    PaymentLookup lookup = lookups.get(asserted.provider());
    if (lookup == null) {
      return Optional.of("there is no access to the provider " + asserted.provider());
    }
    return lookup
        .find(asserted.providerPaymentId())
        .map(received -> confirm(payment, received))
        .orElseGet(() -> Optional.of("the provider has no such payment"));
  }

  private void markStarted(UUID subject) {
    transaction.executeWithoutResult(_ ->
        database
            .update(INTAKE)
            .set(INTAKE.DONE_AT, DSL.currentInstant())
            .where(
                INTAKE.BUSINESS_ID.eq(subject),
                INTAKE.KIND.eq(PaymentCheckWorkflow.NAME),
                INTAKE.DONE_AT.isNull())
            .execute());
  }

  private Optional<String> confirm(Claimed<PaymentCheckIntake> payment, ReceivedPayment received) {
    if (!received.succeeded()) {
      return Optional.of("the payment's status is " + received.status());
    }
    String refusal =
        transaction.execute(_ ->
            Routines.confirmPayment(
                database.configuration(),
                payment.businessId(),
                payment.body().provider(),
                payment.body().providerPaymentId(),
                received.id(),
                received.receivedMinor(),
                received.currency(),
                clock.instant()));
    return explanation(refusal, payment.body(), received);
  }

  private static Optional<String> explanation(
      @Nullable String refusal, PaymentCheckIntake asserted, ReceivedPayment received) {
    return switch (refusal) {
      case null -> Optional.empty();
      case "amount-differs" ->
          Optional.of(
              "the provider received %d %s in minor units, not %d %s"
                  .formatted(
                      received.receivedMinor(),
                      received.currency(),
                      asserted.amountMinor(),
                      asserted.currency()));
      case "taken-otherwise" -> Optional.of("the payment was taken in before, as " + received.id());
      default -> throw new IllegalStateException("No such refusal: " + refusal);
    };
  }
}
