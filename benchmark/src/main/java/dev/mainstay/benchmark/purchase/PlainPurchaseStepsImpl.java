package dev.mainstay.benchmark.purchase;

import static dev.mainstay.db.generated.Tables.INTAKE;

import dev.mainstay.db.Sha256;
import dev.mainstay.db.intake.IntakeKind;
import dev.mainstay.workflows.purchase.PurchaseSteps;
import dev.mainstay.workflows.purchase.PurchaseSteps.Carrier;
import dev.mainstay.workflows.purchase.PurchaseSteps.Purchases;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.impl.DSL;

/**
 * Nothing is sent and nothing is cached, as in the measured product: those activities cost their
 * round trips only.
 */
final class PlainPurchaseStepsImpl implements PlainPurchaseSteps {

  private final DSLContext database;
  private final PurchaseSteps steps;

  PlainPurchaseStepsImpl(DSLContext database, PurchaseSteps steps) {
    this.database = database;
    this.steps = steps;
  }

  @Override
  public void createPurchase(PlainPurchaseWorkflow.Order order) {
    // What the steps read; done, so that no drainer takes it
    database
        .insertInto(INTAKE)
        .set(INTAKE.KIND, IntakeKind.PURCHASE.text())
        .set(INTAKE.SOURCE, "stripe")
        .set(INTAKE.KEY, order.paymentId())
        .set(INTAKE.BODY_HASH, Sha256.of(order.body()))
        .set(INTAKE.BUSINESS_ID, order.purchaseId())
        .set(INTAKE.BODY, JSONB.valueOf(order.body()))
        .set(INTAKE.CORRELATION_ID, order.paymentId())
        .set(INTAKE.DONE_AT, DSL.currentInstant())
        .onConflictDoNothing()
        .execute();
    steps.create(only(order.purchaseId()));
  }

  @Override
  public void allocateTrainer(UUID purchaseId) {
    requireDone(steps.allocate(only(purchaseId)));
  }

  @Override
  public void scheduleSessions(UUID purchaseId) {
    requireDone(steps.schedule(only(purchaseId)));
  }

  @Override
  public void sendConfirmation(UUID purchaseId) {}

  @Override
  public void invalidateStudentCaches(UUID purchaseId) {}

  private static void requireDone(PurchaseSteps.Outcome outcome) {
    if (!outcome.refused().isEmpty()) {
      throw new IllegalStateException("refused: " + outcome.refused());
    }
  }

  private static Purchases only(UUID purchaseId) {
    return new Purchases(List.of(purchaseId), Carrier.ALONE);
  }
}
