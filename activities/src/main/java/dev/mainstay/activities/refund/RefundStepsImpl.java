package dev.mainstay.activities.refund;

import static dev.mainstay.db.generated.Tables.APPLY_REFUND;

import dev.mainstay.workflows.refund.RefundSteps;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.transaction.support.TransactionOperations;

/** Each step one transaction; a purchase that waits is woken once it has committed. */
public final class RefundStepsImpl implements RefundSteps {

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final RefundRequests requests;
  private final InstantSource clock;
  private final PurchaseWake wake;

  public RefundStepsImpl(
      DSLContext database,
      TransactionOperations transaction,
      RefundRequests requests,
      InstantSource clock,
      PurchaseWake wake) {
    this.database = database;
    this.transaction = transaction;
    this.requests = requests;
    this.clock = clock;
    this.wake = wake;
  }

  @Override
  public Booked book(Refund refund) {
    Optional<Outcome> outcome =
        Objects.requireNonNull(
            transaction.execute(_ -> {
              Optional<Outcome> booked =
                  database
                      .selectFrom(
                          APPLY_REFUND.call(
                              refund.provider(), refund.providerPaymentId(), clock.instant()))
                      .fetchOptional(row ->
                          new Outcome(
                              row.get(APPLY_REFUND.PURCHASE_ID),
                              row.get(APPLY_REFUND.IS_ENDED) && row.get(APPLY_REFUND.RUNS_ALONE)));
              requests.done(refund.id());
              return booked;
            }));
    // Again when the step runs again: a wake too many changes nothing, one too few holds a run.
    if (outcome.isPresent() && outcome.get().mayWait()) {
      wake.refunded(refund.provider(), refund.providerPaymentId());
    }
    return new Booked(outcome.map(Outcome::purchaseId).orElse(null));
  }

  private record Outcome(UUID purchaseId, boolean mayWait) {}
}
