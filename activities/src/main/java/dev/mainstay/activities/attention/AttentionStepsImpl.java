package dev.mainstay.activities.attention;

import static dev.mainstay.db.generated.Tables.ATTENTION;
import static dev.mainstay.db.generated.Tables.PURCHASE;

import dev.mainstay.db.audit.Audit;
import dev.mainstay.db.audit.AuditEntry;
import dev.mainstay.db.audit.AuditEntry.Outcome;
import dev.mainstay.db.purchase.PurchaseStatus;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.step.OperatorAction;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Opens and resolves attention items; the purchase's status and the audit log follow in the same
 * transaction.
 */
public final class AttentionStepsImpl implements AttentionSteps {

  /** The process whose items show in the status of what they are about. */
  private static final String PURCHASE_PROCESS = "purchase";

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final Audit audit;

  public AttentionStepsImpl(DSLContext database, TransactionOperations transaction) {
    this.database = database;
    this.transaction = transaction;
    this.audit = new Audit(database);
  }

  @Override
  public void open(AttentionItem item, @Nullable UUID id) {
    transaction.executeWithoutResult(_ -> {
      int opened =
          database
              .insertInto(ATTENTION)
              .set(ATTENTION.ID, id == null ? DSL.defaultValue(ATTENTION.ID) : DSL.val(id))
              .set(ATTENTION.PROCESS, item.process())
              .set(ATTENTION.BUSINESS_KEY, item.businessKey())
              .set(ATTENTION.SUBJECT_ID, item.subjectId())
              .set(ATTENTION.STEP, item.step())
              .set(ATTENTION.REASON, item.reason())
              .set(ATTENTION.ERROR, item.error())
              .set(ATTENTION.FINGERPRINT, item.fingerprint())
              .set(ATTENTION.RETRY_EFFECT, item.retryEffect())
              .set(
                  ATTENTION.ACTIONS,
                  item.actions().stream().map(OperatorAction::text).toArray(String[]::new))
              .set(ATTENTION.AMOUNT_MINOR, item.amountMinor())
              .set(ATTENTION.CURRENCY, item.currency())
              .onConflictDoNothing()
              .execute();
      if (opened == 1 && item.process().equals(PURCHASE_PROCESS)) {
        move(item.subjectId(), PurchaseStatus.PENDING, PurchaseStatus.ATTENTION);
      }
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
            .set(ATTENTION.RESOLUTION_REASON, resolution.note().reason())
            .where(isOf(resolution), ATTENTION.STATUS.eq("open"))
            .returning(ATTENTION.SUBJECT_ID, ATTENTION.PROCESS)
            .fetchOptional()
            .ifPresent(item -> {
              UUID subject = item.getSubjectId();
              if (item.getProcess().equals(PURCHASE_PROCESS)) {
                move(subject, PurchaseStatus.ATTENTION, PurchaseStatus.PENDING);
              }
              audit.record(
                  entry(
                      resolution.note(),
                      resolution.action(),
                      resolution.businessKey(),
                      subject,
                      null,
                      "step " + resolution.step(),
                      resolution.correlationId()));
            }));
  }

  @Override
  public void record(SignalRecord signal) {
    transaction.executeWithoutResult(_ ->
        audit.recordOnce(
            signal.id(),
            entry(
                signal.note(),
                signal.action(),
                signal.businessKey(),
                signal.subjectId(),
                signal.refusal(),
                null,
                signal.correlationId())));
  }

  /** By its id; what a worker opened that knew none is found as the step's open item. */
  private static Condition isOf(Resolution resolution) {
    Condition ofStep =
        ATTENTION
            .BUSINESS_KEY
            .eq(resolution.businessKey())
            .and(ATTENTION.STEP.eq(resolution.step()));
    UUID id = resolution.itemId();
    if (id == null) {
      return ofStep;
    }
    var known = ATTENTION.as("known");
    return ATTENTION
        .ID
        .eq(id)
        .or(ofStep.andNotExists(DSL.selectOne().from(known).where(known.ID.eq(id))));
  }

  private static AuditEntry entry(
      OperatorNote note,
      OperatorAction action,
      String businessKey,
      UUID subjectId,
      @Nullable String refusal,
      @Nullable String detail,
      @Nullable String correlationId) {
    return new AuditEntry(
        Optional.of(note.by()).filter(by -> !by.isBlank()).orElse("unknown"),
        action.text(),
        businessKey,
        subjectId,
        note.reason(),
        refusal == null ? Outcome.DONE : Outcome.REFUSED,
        refusal == null ? detail : refusal,
        Optional.ofNullable(correlationId).orElse("unknown"));
  }

  private void move(UUID subject, PurchaseStatus from, PurchaseStatus to) {
    database
        .update(PURCHASE)
        .set(PURCHASE.STATUS, to.text())
        .where(PURCHASE.ID.eq(subject), PURCHASE.STATUS.eq(from.text()))
        .execute();
  }
}
