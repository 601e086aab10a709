package dev.mainstay.api.payroll;

import static dev.mainstay.db.generated.Tables.PAYOUT_MINIMUM;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.excluded;

import dev.mainstay.api.access.Caller;
import dev.mainstay.db.audit.Audit;
import dev.mainstay.db.audit.AuditEntry;
import dev.mainstay.db.audit.AuditEntry.Outcome;
import dev.mainstay.db.generated.tables.records.PayoutMinimumRecord;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Keeps the least payouts. */
@Component
class PayoutMinimums {

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final Audit audit;

  PayoutMinimums(DSLContext database, TransactionOperations transaction) {
    this.database = database;
    this.transaction = transaction;
    this.audit = new Audit(database);
  }

  /** All of them, by currency: as many as there are currencies at most. */
  List<PayoutMinimum> list() {
    return database
        .selectFrom(PAYOUT_MINIMUM)
        .orderBy(PAYOUT_MINIMUM.CURRENCY)
        .fetch(PayoutMinimums::minimum);
  }

  /** Sets one; the same as before changes nothing, nor who was the last to change it. */
  PayoutMinimum put(Currency currency, PayoutMinimumRequest details, Caller caller) {
    return Objects.requireNonNull(
        transaction.execute(_ -> {
          int changed =
              database
                  .insertInto(PAYOUT_MINIMUM)
                  .set(PAYOUT_MINIMUM.CURRENCY, currency.getCurrencyCode())
                  .set(PAYOUT_MINIMUM.MINIMUM_MINOR, details.minimumMinor())
                  .set(PAYOUT_MINIMUM.CHANGED_BY, caller.client().owner())
                  .set(PAYOUT_MINIMUM.CHANGED_AT, currentInstant())
                  .onConflict(PAYOUT_MINIMUM.CURRENCY)
                  .doUpdate()
                  .setAllToExcluded()
                  .where(PAYOUT_MINIMUM.MINIMUM_MINOR.ne(excluded(PAYOUT_MINIMUM.MINIMUM_MINOR)))
                  .execute();
          if (changed > 0) {
            audit.record(entry(currency, details, caller));
          }
          return database
              .selectFrom(PAYOUT_MINIMUM)
              .where(PAYOUT_MINIMUM.CURRENCY.eq(currency.getCurrencyCode()))
              .fetchSingle(PayoutMinimums::minimum);
        }));
  }

  private static AuditEntry entry(Currency currency, PayoutMinimumRequest details, Caller caller) {
    return new AuditEntry(
        caller.client().owner(),
        "set-minimum",
        "payout-minimum/" + currency,
        null,
        null,
        Outcome.DONE,
        Long.toString(details.minimumMinor()),
        caller.correlationId());
  }

  private static PayoutMinimum minimum(PayoutMinimumRecord row) {
    return new PayoutMinimum(
        Currency.getInstance(row.getCurrency()),
        new PayoutMinimumRequest(row.getMinimumMinor()),
        row.getChangedBy(),
        row.getChangedAt());
  }
}
