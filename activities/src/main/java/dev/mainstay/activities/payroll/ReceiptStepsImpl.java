package dev.mainstay.activities.payroll;

import static dev.mainstay.db.generated.Tables.PAYOUT_EARNING;
import static dev.mainstay.db.generated.Tables.RECEIPT;
import static dev.mainstay.db.generated.Tables.RECEIPTS_DUE;
import static java.util.Objects.requireNonNull;

import dev.mainstay.activities.payroll.Receipt.Amounts;
import dev.mainstay.activities.payroll.Receipt.Line;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.generated.tables.records.ReceiptRecord;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PageOutcome;
import dev.mainstay.workflows.payroll.ReceiptSteps;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes receipts some at a time: set from what is settled, then written and announced in one
 * transaction.
 */
public final class ReceiptStepsImpl implements ReceiptSteps {

  private static final Logger log = LoggerFactory.getLogger(ReceiptStepsImpl.class);

  /** So that they fit into memory whatever a page has. */
  private static final int AT_ONCE = 50;

  private static final UUID FIRST = new UUID(0, 0);

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final String marketplace;

  /**
   * Writes in the name of the marketplace.
   *
   * @param database outside of any transaction; takes part in {@code transaction}
   * @param marketplace its name, as people know it
   */
  public ReceiptStepsImpl(
      DSLContext database, TransactionOperations transaction, String marketplace) {
    this.database = database;
    this.transaction = transaction;
    this.marketplace = marketplace;
  }

  @Override
  public PageOutcome write(UUID runId, KeyRange payouts) {
    UUID upTo = UUID.fromString(payouts.upTo());
    UUID above = payouts.after() == null ? FIRST : UUID.fromString(payouts.after());
    long written = 0;
    List<String> failed = new ArrayList<>();
    Result<? extends Record> due = due(runId, null, above, upTo);
    while (due.isNotEmpty()) {
      written += write(due, failed);
      above = requireNonNull(due.getLast().get(RECEIPTS_DUE.PAYOUT_ID));
      due = due(runId, null, above, upTo);
    }
    requireAll(failed);
    return new PageOutcome(Counts.of("receipts", written), null);
  }

  @Override
  public void writeOne(UUID payoutId) {
    List<String> failed = new ArrayList<>();
    var _ = write(due(null, payoutId, FIRST, FIRST), failed);
    requireAll(failed);
  }

  private Result<? extends Record> due(
      @Nullable UUID run, @Nullable UUID one, UUID above, UUID upTo) {
    return database.selectFrom(RECEIPTS_DUE.call(run, one, above, upTo, AT_ONCE)).fetch();
  }

  private static void requireAll(List<String> failed) {
    if (!failed.isEmpty()) {
      throw new IllegalStateException(
          "%d receipts were not written, as that of %s"
              .formatted(failed.size(), failed.getFirst()));
    }
  }

  private int write(Result<? extends Record> due, List<String> failed) {
    Map<UUID, List<Line>> lines = lines(due.getValues(RECEIPTS_DUE.PAYOUT_ID));
    List<ReceiptRecord> receipts = new ArrayList<>();
    for (Record row : due) {
      UUID payout = row.get(RECEIPTS_DUE.PAYOUT_ID);
      try {
        receipts.add(row(receipt(row, lines.getOrDefault(payout, List.of()))));
      } catch (RuntimeException e) {
        // A receipt that cannot be set must not hold the others of its page
        log.error("The receipt of payout {} cannot be set", payout, e);
        failed.add("payout %s: %s".formatted(payout, e.getMessage()));
      }
    }
    return receipts.isEmpty() ? 0 : requireNonNull(transaction.execute(_ -> keep(receipts)));
  }

  /** The first to write a payout's receipt wins; later ones are dropped. */
  private int keep(List<ReceiptRecord> receipts) {
    List<UUID> written =
        database
            .insertInto(RECEIPT)
            .set(receipts)
            .onConflictDoNothing()
            .returning(RECEIPT.PAYOUT_ID)
            .fetch(RECEIPT.PAYOUT_ID);
    // Not when they are paid: the mail has the receipt with it
    Routines.enqueueNotification(
        database.configuration(), "payout.paid", written.toArray(UUID[]::new));
    return written.size();
  }

  private ReceiptRecord row(Receipt receipt) {
    ReceiptRecord row = new ReceiptRecord();
    row.setPayoutId(receipt.payoutId());
    row.setNumber(receipt.number());
    row.setIssuedAt(receipt.issuedAt());
    row.setLocale(new ReceiptTexts(receipt).locale().toLanguageTag());
    row.setPdf(ReceiptPdf.of(marketplace, receipt));
    return row;
  }

  private Map<UUID, List<Line>> lines(List<UUID> payouts) {
    return database
        .selectFrom(PAYOUT_EARNING)
        .where(PAYOUT_EARNING.PAYOUT_ID.in(payouts))
        .orderBy(PAYOUT_EARNING.EARNED_AT, PAYOUT_EARNING.EARNING_ID)
        .fetchGroups(
            PAYOUT_EARNING.PAYOUT_ID,
            row ->
                new Line(
                    row.get(PAYOUT_EARNING.EARNED_AT),
                    row.get(PAYOUT_EARNING.WHAT),
                    row.get(PAYOUT_EARNING.ORDINAL),
                    row.get(PAYOUT_EARNING.KIND).equals("reversal"),
                    new Amounts(
                        row.get(PAYOUT_EARNING.GROSS_MINOR),
                        row.get(PAYOUT_EARNING.COMMISSION_MINOR),
                        row.get(PAYOUT_EARNING.NET_MINOR))));
  }

  private static Receipt receipt(Record row, List<Line> lines) {
    return new Receipt(
        row.get(RECEIPTS_DUE.PAYOUT_ID),
        row.get(RECEIPTS_DUE.NUMBER),
        row.get(RECEIPTS_DUE.ISSUED_AT),
        row.get(RECEIPTS_DUE.VENDOR_NAME),
        Locale.forLanguageTag(row.get(RECEIPTS_DUE.LOCALE)),
        ZoneId.of(row.get(RECEIPTS_DUE.ZONE)),
        row.get(RECEIPTS_DUE.PERIOD_START),
        row.get(RECEIPTS_DUE.PERIOD_END).minusDays(1),
        Currency.getInstance(row.get(RECEIPTS_DUE.CURRENCY)),
        new Amounts(
            row.get(RECEIPTS_DUE.GROSS_MINOR),
            row.get(RECEIPTS_DUE.COMMISSION_MINOR),
            row.get(RECEIPTS_DUE.AMOUNT_MINOR)),
        row.get(RECEIPTS_DUE.PAID_AT),
        row.get(RECEIPTS_DUE.TRANSFER_ID),
        lines);
  }
}
