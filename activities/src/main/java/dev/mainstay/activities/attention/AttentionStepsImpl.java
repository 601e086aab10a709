package dev.mainstay.activities.attention;

import static dev.mainstay.db.generated.Tables.ATTENTION;
import static dev.mainstay.db.generated.Tables.PURCHASE;

import dev.mainstay.db.purchase.PurchaseStatus;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps;
import dev.mainstay.workflows.step.OperatorAction;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.transaction.support.TransactionOperations;

/** Opens and resolves attention items; the purchase's status follows in the same transaction. */
public final class AttentionStepsImpl implements AttentionSteps {

  private final DSLContext database;
  private final TransactionOperations transaction;

  public AttentionStepsImpl(DSLContext database, TransactionOperations transaction) {
    this.database = database;
    this.transaction = transaction;
  }

  @Override
  public void open(AttentionItem item) {
    transaction.executeWithoutResult(_ -> {
      database
          .insertInto(ATTENTION)
          .set(ATTENTION.PROCESS, item.process())
          .set(ATTENTION.BUSINESS_KEY, item.businessKey())
          .set(ATTENTION.SUBJECT_ID, item.subjectId())
          .set(ATTENTION.STEP, item.step())
          .set(ATTENTION.REASON, item.reason())
          .set(ATTENTION.ERROR, item.error())
          .set(ATTENTION.FINGERPRINT, item.fingerprint())
          .set(ATTENTION.REPEATS, item.repeats())
          .set(
              ATTENTION.ACTIONS,
              item.actions().stream().map(OperatorAction::text).toArray(String[]::new))
          .set(ATTENTION.AMOUNT_MINOR, item.amountMinor())
          .set(ATTENTION.CURRENCY, item.currency())
          .onConflictDoNothing()
          .execute();
      move(item.subjectId(), PurchaseStatus.PENDING, PurchaseStatus.ATTENTION);
    });
  }

  @Override
  public void resolve(Resolution resolution) {
    transaction.executeWithoutResult(_ ->
        database
            .update(ATTENTION)
            .set(ATTENTION.STATUS, "resolved")
            .set(ATTENTION.RESOLVED_AT, DSL.currentInstant())
            .set(ATTENTION.RESOLUTION, resolution.action().text())
            .set(ATTENTION.RESOLVED_BY, resolution.note().by())
            .set(ATTENTION.RESOLVED_WHY, resolution.note().reason())
            .where(
                ATTENTION.BUSINESS_KEY.eq(resolution.businessKey()),
                ATTENTION.STEP.eq(resolution.step()),
                ATTENTION.STATUS.eq("open"))
            .returning(ATTENTION.SUBJECT_ID)
            .fetchOptional(ATTENTION.SUBJECT_ID)
            .ifPresent(subject -> move(subject, PurchaseStatus.ATTENTION, PurchaseStatus.PENDING)));
  }

  private void move(UUID subject, PurchaseStatus from, PurchaseStatus to) {
    database
        .update(PURCHASE)
        .set(PURCHASE.STATUS, to.text())
        .where(PURCHASE.ID.eq(subject), PURCHASE.STATUS.eq(from.text()))
        .execute();
  }
}
