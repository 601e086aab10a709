package dev.mainstay.api.payroll;

import static dev.mainstay.db.generated.Tables.ATTENTION;
import static dev.mainstay.db.generated.Tables.PAYOUT;
import static dev.mainstay.db.generated.Tables.PAYOUT_ATTEMPT;
import static dev.mainstay.db.generated.Tables.PAYOUT_EARNING;
import static dev.mainstay.db.generated.Tables.RECEIPT;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.select;

import dev.mainstay.api.page.Page;
import dev.mainstay.api.page.PageQuery;
import dev.mainstay.api.payroll.Payout.Attempt;
import dev.mainstay.api.payroll.Payout.Earning;
import dev.mainstay.api.payroll.Payout.Receipt;
import dev.mainstay.workflows.payroll.Cadence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads payouts, their earnings and their receipts. */
@Component
class PayoutQueries {

  private static final Field<List<UUID>> OPEN =
      multiset(
              select(ATTENTION.ID)
                  .from(ATTENTION)
                  .where(ATTENTION.SUBJECT_ID.eq(PAYOUT.ID), ATTENTION.STATUS.eq("open"))
                  .orderBy(ATTENTION.ID))
          .convertFrom(rows -> rows.map(Record1::value1));

  private final DSLContext database;

  PayoutQueries(DSLContext database) {
    this.database = database;
  }

  /** One with its attempts, and its earnings in the order of delivery. */
  Optional<Payout> find(UUID id) {
    return read(PAYOUT.ID.eq(id), 1, attempts(id), earnings(id)).stream().findFirst();
  }

  Page<Payout> list(PayoutQuery query, PageQuery page) {
    Condition condition = PAYOUT.ID.gt(page.above());
    if (query.vendor() != null) {
      condition = condition.and(PAYOUT.VENDOR_ID.eq(query.vendor()));
    }
    if (query.run() != null) {
      condition = condition.and(PAYOUT.RUN_ID.eq(query.run()));
    }
    if (query.status() != null) {
      condition = condition.and(PAYOUT.STATUS.eq(query.status().name()));
    }
    return Page.of(read(condition, page.withOneMore(), null, null), page, Payout::id);
  }

  /** A receipt's PDF. */
  Optional<Pdf> receipt(UUID payout) {
    return database
        .select(RECEIPT.NUMBER, RECEIPT.LOCALE, RECEIPT.PDF)
        .from(RECEIPT)
        .where(RECEIPT.PAYOUT_ID.eq(payout))
        .fetchOptional(mapping(Pdf::new));
  }

  private List<Attempt> attempts(UUID payout) {
    return database
        .select(
            PAYOUT_ATTEMPT.ATTEMPT,
            PAYOUT_ATTEMPT.STATUS,
            PAYOUT_ATTEMPT.ANSWER,
            PAYOUT_ATTEMPT.DESTINATION,
            PAYOUT_ATTEMPT.ASKED_AT,
            PAYOUT_ATTEMPT.ANSWERED_AT)
        .from(PAYOUT_ATTEMPT)
        .where(PAYOUT_ATTEMPT.PAYOUT_ID.eq(payout))
        .orderBy(PAYOUT_ATTEMPT.ATTEMPT)
        .fetch(mapping(Attempt::new));
  }

  private List<Earning> earnings(UUID payout) {
    return database
        .select(
            PAYOUT_EARNING.EARNING_ID,
            PAYOUT_EARNING.SOURCE_KIND,
            PAYOUT_EARNING.SOURCE_ID,
            PAYOUT_EARNING.KIND,
            PAYOUT_EARNING.WHAT,
            PAYOUT_EARNING.ORDINAL,
            PAYOUT_EARNING.EARNED_AT,
            PAYOUT_EARNING.GROSS_MINOR,
            PAYOUT_EARNING.COMMISSION_PERCENT,
            PAYOUT_EARNING.COMMISSION_MINOR,
            PAYOUT_EARNING.NET_MINOR)
        .from(PAYOUT_EARNING)
        .where(PAYOUT_EARNING.PAYOUT_ID.eq(payout))
        .orderBy(PAYOUT_EARNING.EARNED_AT, PAYOUT_EARNING.EARNING_ID)
        .fetch(mapping(Earning::new));
  }

  private List<Payout> read(
      Condition condition,
      int limit,
      @Nullable List<Attempt> attempts,
      @Nullable List<Earning> earnings) {
    return database
        .select(PAYOUT, RECEIPT.NUMBER, RECEIPT.ISSUED_AT, OPEN)
        .from(PAYOUT)
        .leftJoin(RECEIPT)
        .on(RECEIPT.PAYOUT_ID.eq(PAYOUT.ID))
        .where(condition)
        .orderBy(PAYOUT.ID)
        .limit(limit)
        .fetch(row -> {
          var payout = row.value1();
          var period = new PayrollPeriod(Cadence.of(payout.getCadence()), payout.getPeriodStart());
          return new Payout(
              payout.getId(),
              payout.getRunId(),
              period.workflowId(),
              payout.getVendorId(),
              payout.getCadence(),
              payout.getPeriodStart(),
              payout.getCurrency(),
              payout.getEarnings(),
              payout.getGrossMinor(),
              payout.getCommissionMinor(),
              payout.getAmountMinor(),
              payout.getStatus(),
              payout.getReason(),
              payout.getProviderTransferId(),
              payout.getCreatedAt(),
              payout.getPaidAt(),
              receipt(payout.getId(), row.value2(), row.value3()),
              row.value4(),
              attempts,
              earnings);
        });
  }

  private static @Nullable Receipt receipt(
      UUID payout, @Nullable Long number, @Nullable Instant issuedAt) {
    return number == null || issuedAt == null
        ? null
        : new Receipt(number, issuedAt, PayoutController.PATH + "/" + payout + "/receipt.pdf");
  }

  /** A receipt as the vendor got it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Pdf(long number, String locale, byte[] content) {}
}
