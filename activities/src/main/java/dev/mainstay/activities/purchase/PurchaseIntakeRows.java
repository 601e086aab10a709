package dev.mainstay.activities.purchase;

import static dev.mainstay.db.generated.Tables.INTAKE;

import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.intake.Intake;
import dev.mainstay.workflows.purchase.PurchaseBatchWorkflow;
import dev.mainstay.workflows.purchase.PurchaseSteps.Purchases;
import dev.mainstay.workflows.purchase.PurchaseWorkflow;
import java.util.Collection;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;

/** The intake rows of purchases, inside the steps' transactions. */
public final class PurchaseIntakeRows {

  private final DSLContext database;
  private final Intake intake;

  public PurchaseIntakeRows(DSLContext database, Intake intake) {
    this.database = database;
    this.intake = intake;
  }

  /** The run that carries the purchases has begun: their rows need no drainer any more. */
  void done(Purchases purchases) {
    String kind =
        switch (purchases.carriedBy()) {
          case BATCH -> PurchaseBatchWorkflow.KIND;
          case ALONE -> PurchaseWorkflow.KIND;
        };
    database
        .update(INTAKE)
        .set(INTAKE.DONE_AT, DSL.currentInstant())
        .where(INTAKE.ID.in(locked(purchases, kind, INTAKE.DONE_AT.isNull())))
        .execute();
  }

  /**
   * Leaves the rows to the drainer as claimed too often, whatever was done for them: the drainer
   * opens attention items for them, and an operator's retry has them carried again.
   */
  void requeue(Purchases purchases) {
    database
        .update(INTAKE)
        .setNull(INTAKE.DONE_AT)
        .set(INTAKE.CLAIMS, Routines.maxClaims())
        .set(INTAKE.LEASED_UNTIL, DSL.currentInstant())
        .where(INTAKE.ID.in(locked(purchases, PurchaseBatchWorkflow.KIND, DSL.noCondition())))
        .execute();
  }

  private static Select<Record1<UUID>> locked(Purchases purchases, String kind, Condition more) {
    return DSL.select(INTAKE.ID)
        .from(INTAKE)
        .where(isOneOf(purchases.ids()), INTAKE.KIND.eq(kind), more)
        .orderBy(INTAKE.ID)
        .forNoKeyUpdate();
  }

  /**
   * Lets each purchase continue alone: in a row of its own, with the original body. It waits behind
   * the rows that came in meanwhile, since many of them, each with a run of its own, would hold up
   * a flood.
   */
  void splitOff(Collection<UUID> purchaseIds) {
    splitOff(purchaseIds, false);
  }

  /** The same, where the purchases had been: they wait for nothing that came later. */
  void splitOffInPlace(Collection<UUID> purchaseIds) {
    splitOff(purchaseIds, true);
  }

  private void splitOff(Collection<UUID> purchaseIds, boolean inPlace) {
    if (purchaseIds.isEmpty()) {
      return;
    }
    intake.wakeAfterCommit();
    Routines.splitOffPurchases(database.configuration(), purchaseIds.toArray(UUID[]::new), inPlace);
  }

  /** As an array, so that it is one statement for lists of any length. */
  private static Condition isOneOf(Collection<UUID> purchaseIds) {
    return INTAKE.BUSINESS_ID.eq(DSL.any(purchaseIds.toArray(UUID[]::new)));
  }
}
