package dev.mainstay.activities.payroll;

import static dev.mainstay.db.generated.Tables.EARNING;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.PAYOUT;
import static dev.mainstay.db.generated.Tables.PAYOUT_ATTEMPT;
import static dev.mainstay.db.generated.Tables.PAYROLL_RUN;
import static dev.mainstay.db.generated.Tables.VENDOR;

import dev.mainstay.db.generated.tables.records.PayoutRecord;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.page.KeyRange;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A weekly run that pays, in a database of its own. */
final class PayingRun implements AutoCloseable {

  static final long AMOUNT = 8_000;

  private static final LocalDate MONDAY = LocalDate.parse("2026-03-02");

  final TestDatabase database = TestDatabase.create();
  final UUID id =
      database
          .dsl()
          .insertInto(PAYROLL_RUN)
          .set(PAYROLL_RUN.CADENCE, "weekly")
          .set(PAYROLL_RUN.PERIOD_START, MONDAY)
          .set(PAYROLL_RUN.PERIOD_END, MONDAY.plusDays(7))
          .set(PAYROLL_RUN.ZONE, "UTC")
          .set(PAYROLL_RUN.STARTS_AT, MONDAY.atStartOfDay().toInstant(ZoneOffset.UTC))
          .set(PAYROLL_RUN.ENDS_AT, MONDAY.plusDays(7).atStartOfDay().toInstant(ZoneOffset.UTC))
          .set(PAYROLL_RUN.STATUS, "paying")
          .set(PAYROLL_RUN.HASH, "hash")
          .set(PAYROLL_RUN.FROZEN_AT, Instant.now())
          .set(PAYROLL_RUN.TRANSFERS_CHECKED_AT, Instant.now())
          .set(PAYROLL_RUN.REQUESTED_BY, "finance")
          .set(PAYROLL_RUN.CORRELATION_ID, "corr-1")
          .set(
              PAYROLL_RUN.ACCOUNTS_UNCHANGED_SINCE, MONDAY.atStartOfDay().toInstant(ZoneOffset.UTC))
          .returning(PAYROLL_RUN.ID)
          .fetchSingle()
          .getId();

  /** Frozen payouts of one vendor each, in order of their ids. */
  List<UUID> payouts(int count) {
    return IntStream.range(0, count).mapToObj(n -> payout("acct_" + n)).toList();
  }

  UUID payout(@Nullable String account) {
    UUID vendor = database.newId();
    database
        .dsl()
        .insertInto(VENDOR)
        .set(VENDOR.ID, vendor)
        .set(VENDOR.NAME, "Vendor")
        .set(VENDOR.LOCALE, "en-US")
        .set(VENDOR.ZONE, "UTC")
        .set(VENDOR.CADENCE, "weekly")
        .set(VENDOR.CURRENCY, "USD")
        .set(VENDOR.PAYOUT_ACCOUNT, account)
        .execute();
    UUID payout =
        database
            .dsl()
            .insertInto(PAYOUT)
            .set(PAYOUT.RUN_ID, id)
            .set(PAYOUT.VENDOR_ID, vendor)
            .set(PAYOUT.ACCOUNT, account)
            .set(PAYOUT.CADENCE, "weekly")
            .set(PAYOUT.PERIOD_START, MONDAY)
            .set(PAYOUT.CURRENCY, "USD")
            .set(PAYOUT.EARNINGS, 1)
            .set(PAYOUT.GROSS_MINOR, 10_000L)
            .set(PAYOUT.COMMISSION_MINOR, 10_000 - AMOUNT)
            .set(PAYOUT.AMOUNT_MINOR, AMOUNT)
            .set(PAYOUT.STATUS, "frozen")
            .returning(PAYOUT.ID)
            .fetchSingle()
            .getId();
    database
        .dsl()
        .insertInto(EARNING)
        .set(EARNING.VENDOR_ID, vendor)
        .set(EARNING.SOURCE_KIND, "booking")
        .set(EARNING.SOURCE_ID, database.newId())
        .set(EARNING.KIND, "delivery")
        .set(EARNING.GROSS_MINOR, 10_000L)
        .set(EARNING.COMMISSION_PERCENT, BigDecimal.valueOf(20))
        .set(EARNING.COMMISSION_MINOR, 10_000 - AMOUNT)
        .set(EARNING.NET_MINOR, AMOUNT)
        .set(EARNING.CURRENCY, "USD")
        .set(EARNING.EARNED_AT, MONDAY.atTime(12, 0).toInstant(ZoneOffset.UTC))
        .set(EARNING.PAYOUT_ID, payout)
        .execute();
    return payout;
  }

  PayoutRecord row(UUID payout) {
    return database.dsl().fetchSingle(PAYOUT, PAYOUT.ID.eq(payout));
  }

  /** As {@code 1 refused}, in order. */
  List<String> attempts(UUID payout) {
    return database
        .dsl()
        .selectFrom(PAYOUT_ATTEMPT)
        .where(PAYOUT_ATTEMPT.PAYOUT_ID.eq(payout))
        .orderBy(PAYOUT_ATTEMPT.ATTEMPT)
        .fetch(row -> row.getAttempt() + " " + row.getStatus());
  }

  /** Payouts for which a run of their own was asked for. */
  List<UUID> alone() {
    return database
        .dsl()
        .selectFrom(INTAKE)
        .where(INTAKE.KIND.eq("payout"))
        .orderBy(INTAKE.ID)
        .fetch(INTAKE.BUSINESS_ID);
  }

  void vendorHas(UUID payout, @Nullable String account) {
    database
        .dsl()
        .update(VENDOR)
        .set(VENDOR.PAYOUT_ACCOUNT, account)
        .where(VENDOR.ID.eq(row(payout).getVendorId()))
        .execute();
  }

  void pause(String because) {
    database
        .dsl()
        .update(PAYROLL_RUN)
        .set(PAYROLL_RUN.STATUS, "paused")
        .set(PAYROLL_RUN.PAUSE_REASON, because)
        .where(PAYROLL_RUN.ID.eq(id))
        .execute();
  }

  static KeyRange all() {
    return new KeyRange(null, new UUID(-1, -1).toString());
  }

  @Override
  public void close() {
    database.close();
  }
}
