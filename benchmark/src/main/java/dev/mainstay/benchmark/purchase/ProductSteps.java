package dev.mainstay.benchmark.purchase;

import static dev.mainstay.db.generated.Tables.INTAKE;

import dev.mainstay.activities.purchase.PurchaseIntakeRows;
import dev.mainstay.activities.purchase.PurchaseStepsImpl;
import dev.mainstay.db.Sha256;
import dev.mainstay.db.intake.Intake;
import dev.mainstay.workflows.purchase.PurchaseBatchWorkflow;
import dev.mainstay.workflows.purchase.PurchaseSteps;
import dev.mainstay.workflows.purchase.PurchaseSteps.Carrier;
import dev.mainstay.workflows.purchase.PurchaseSteps.Purchases;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.springframework.transaction.support.TransactionOperations;

/** The product's own steps, for whichever engine calls them; each may run twice. */
public final class ProductSteps {

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final PurchaseSteps steps;

  public ProductSteps(ProductDatabase product) {
    this.database = product.jooq();
    this.transaction = product.transaction();
    this.steps =
        new PurchaseStepsImpl(
            database,
            transaction,
            new PurchaseIntakeRows(database, new Intake(database, () -> {})),
            InstantSource.system(),
            Optional.empty(),
            PurchaseSteps.Allocator.BUILT_IN);
  }

  /** The first step, with the row that the steps read, in one transaction. */
  public void create(PaymentRequest order) {
    transaction.executeWithoutResult(_ -> create(List.of(order)));
  }

  public void allocate(UUID purchaseId) {
    allocate(List.of(purchaseId));
  }

  public void schedule(UUID purchaseId) {
    schedule(List.of(purchaseId));
  }

  /** All three steps over all orders, in one transaction. */
  public void all(List<PaymentRequest> orders) {
    transaction.executeWithoutResult(_ -> {
      create(orders);
      allocate(ids(orders));
      schedule(ids(orders));
    });
  }

  private void create(List<PaymentRequest> orders) {
    takeIn(orders);
    requireNone(steps.create(purchases(ids(orders))).refused());
  }

  private void allocate(List<UUID> purchaseIds) {
    requireNone(steps.allocate(purchases(purchaseIds)).refused());
  }

  private void schedule(List<UUID> purchaseIds) {
    requireNone(steps.schedule(purchases(purchaseIds)).refused());
  }

  /** As done already, so that no drainer takes it. */
  private void takeIn(List<PaymentRequest> orders) {
    var insert =
        database.insertInto(
            INTAKE,
            INTAKE.KIND,
            INTAKE.SOURCE,
            INTAKE.KEY,
            INTAKE.BODY_HASH,
            INTAKE.BUSINESS_ID,
            INTAKE.BODY,
            INTAKE.CORRELATION_ID,
            INTAKE.DONE_AT);
    for (PaymentRequest order : orders) {
      insert =
          insert.values(
              DSL.val(PurchaseBatchWorkflow.KIND),
              DSL.val("stripe"),
              DSL.val(order.paymentId()),
              DSL.val(Sha256.of(order.body())),
              DSL.val(order.purchaseId()),
              DSL.val(JSONB.valueOf(order.body())),
              DSL.val(order.paymentId()),
              DSL.currentInstant());
    }
    insert.onConflictDoNothing().execute();
  }

  private static void requireNone(List<PurchaseSteps.Refusal> refused) {
    if (!refused.isEmpty()) {
      throw new IllegalStateException("refused: " + refused);
    }
  }

  private static List<UUID> ids(List<PaymentRequest> orders) {
    return orders.stream().map(PaymentRequest::purchaseId).toList();
  }

  private static Purchases purchases(List<UUID> ids) {
    return new Purchases(ids, Carrier.ALONE);
  }
}
