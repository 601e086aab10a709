package dev.mainstay.api.payroll;

import static dev.mainstay.db.generated.Tables.PAYOUT_MINIMUM;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.excluded;

import dev.mainstay.api.access.Caller;
import dev.mainstay.api.command.AuditedAction;
import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.db.generated.tables.records.PayoutMinimumRecord;
import java.util.Currency;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Keeps the least payouts. */
@Component
class PayoutMinimums {

  private final CommandRunner commands;
  private final DSLContext database;

  PayoutMinimums(CommandRunner commands, DSLContext database) {
    this.commands = commands;
    this.database = database;
  }

  /** All of them, by currency: as many as there are currencies at most. */
  List<PayoutMinimum> list() {
    return database
        .selectFrom(PAYOUT_MINIMUM)
        .orderBy(PAYOUT_MINIMUM.CURRENCY)
        .fetch(PayoutMinimums::minimum);
  }

  /** Sets one; the same as before changes nothing, nor who was the last to change it. */
  PayoutMinimum put(Currency currency, PayoutMinimumRequest request, Caller caller) {
    String code = currency.getCurrencyCode();
    return commands
        .by(caller)
        .audited(
            new AuditedAction(
                "set-minimum",
                "payout-minimum/" + code,
                null,
                null,
                Long.toString(request.minimumMinor())))
        .run(
            () -> new Change(set(code, request, caller), find(code)),
            (entry, change) -> change.changed() ? entry : null)
        .minimum();
  }

  /** Whether it was another. */
  private boolean set(String currency, PayoutMinimumRequest request, Caller caller) {
    return database
            .insertInto(PAYOUT_MINIMUM)
            .set(PAYOUT_MINIMUM.CURRENCY, currency)
            .set(PAYOUT_MINIMUM.MINIMUM_MINOR, request.minimumMinor())
            .set(PAYOUT_MINIMUM.CHANGED_BY, caller.name())
            .set(PAYOUT_MINIMUM.CHANGED_AT, currentInstant())
            .onConflict(PAYOUT_MINIMUM.CURRENCY)
            .doUpdate()
            .setAllToExcluded()
            .where(PAYOUT_MINIMUM.MINIMUM_MINOR.ne(excluded(PAYOUT_MINIMUM.MINIMUM_MINOR)))
            .execute()
        > 0;
  }

  private PayoutMinimum find(String currency) {
    return database
        .selectFrom(PAYOUT_MINIMUM)
        .where(PAYOUT_MINIMUM.CURRENCY.eq(currency))
        .fetchSingle(PayoutMinimums::minimum);
  }

  private static PayoutMinimum minimum(PayoutMinimumRecord row) {
    return new PayoutMinimum(
        Currency.getInstance(row.getCurrency()),
        new PayoutMinimumRequest(row.getMinimumMinor()),
        row.getChangedBy(),
        row.getChangedAt());
  }

  private record Change(boolean changed, PayoutMinimum minimum) {}
}
