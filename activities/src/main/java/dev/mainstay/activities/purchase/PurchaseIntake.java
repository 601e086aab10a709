package dev.mainstay.activities.purchase;

import static dev.mainstay.db.generated.Tables.INTAKE;

import dev.mainstay.db.intake.Intake;
import dev.mainstay.db.intake.IntakeKind;
import dev.mainstay.workflows.purchase.PurchaseSteps.Purchases;
import java.util.Collection;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** The intake rows of purchases, inside the steps' transactions. */
public final class PurchaseIntake {

  private final DSLContext database;
  private final Intake intake;

  public PurchaseIntake(DSLContext database, Intake intake) {
    this.database = database;
    this.intake = intake;
  }

  /** The run that carries the purchases has begun: their rows need no drainer any more. */
  void done(Purchases purchases) {
    IntakeKind kind =
        switch (purchases.carriedBy()) {
          case BATCH -> IntakeKind.PURCHASE;
          case ALONE -> IntakeKind.PURCHASE_ALONE;
        };
    database
        .update(INTAKE)
        .set(INTAKE.DONE_AT, DSL.currentInstant())
        .where(
            INTAKE.ID.in(
                DSL.select(INTAKE.ID)
                    .from(INTAKE)
                    .where(
                        isOneOf(purchases.ids()),
                        INTAKE.KIND.eq(kind.text()),
                        INTAKE.DONE_AT.isNull())
                    .orderBy(INTAKE.ID)
                    .forNoKeyUpdate()))
        .execute();
  }

  /** Lets each purchase go on alone: a row of its own, with what was taken in at first. */
  void splitOff(Collection<UUID> purchaseIds) {
    if (purchaseIds.isEmpty()) {
      return;
    }
    intake.wakeAfterCommit();
    database
        .insertInto(
            INTAKE,
            INTAKE.KIND,
            INTAKE.SOURCE,
            INTAKE.KEY,
            INTAKE.BODY_HASH,
            INTAKE.BUSINESS_ID,
            INTAKE.BODY,
            INTAKE.CLIENT,
            INTAKE.CORRELATION_ID)
        .select(
            DSL.select(
                    DSL.val(IntakeKind.PURCHASE_ALONE.text()),
                    DSL.val("split-off"),
                    INTAKE.BUSINESS_ID.cast(String.class),
                    INTAKE.BODY_HASH,
                    INTAKE.BUSINESS_ID,
                    INTAKE.BODY,
                    INTAKE.CLIENT,
                    INTAKE.CORRELATION_ID)
                .from(INTAKE)
                .where(isOneOf(purchaseIds), INTAKE.KIND.eq(IntakeKind.PURCHASE.text()))
                .orderBy(INTAKE.BUSINESS_ID))
        .onConflictDoNothing()
        .execute();
  }

  /** As an array, so that it is one statement for lists of any length. */
  private static Condition isOneOf(Collection<UUID> purchaseIds) {
    return INTAKE.BUSINESS_ID.eq(DSL.any(purchaseIds.toArray(UUID[]::new)));
  }
}
