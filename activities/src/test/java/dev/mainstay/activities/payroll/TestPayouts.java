package dev.mainstay.activities.payroll;

import static dev.mainstay.db.generated.Tables.EARNING;
import static dev.mainstay.db.generated.Tables.EVENT;
import static dev.mainstay.db.generated.Tables.PAYOUT;
import static dev.mainstay.db.generated.Tables.PAYROLL_RUN;
import static dev.mainstay.db.generated.Tables.VENDOR;

import dev.mainstay.db.testing.TestBooking;
import dev.mainstay.db.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A weekly run that pays, of the week from 17 November 2025, and its payouts as a test wants them.
 */
final class TestPayouts implements AutoCloseable {

  private static final LocalDate MONDAY = LocalDate.parse("2025-11-17");
  private static final Instant PAID_AT = Instant.parse("2025-11-24T08:01:00Z");

  private final TestDatabase database = TestDatabase.create();
  private final UUID run = newRun();

  TestDatabase database() {
    return database;
  }

  UUID run() {
    return run;
  }

  UUID vendor(String name, String locale, String zone, String currency) {
    UUID id = database.newId();
    database
        .dsl()
        .insertInto(VENDOR)
        .set(VENDOR.ID, id)
        .set(VENDOR.NAME, name)
        .set(VENDOR.EMAIL, "vendor@example.org")
        .set(VENDOR.LOCALE, locale)
        .set(VENDOR.ZONE, zone)
        .set(VENDOR.CADENCE, "weekly")
        .set(VENDOR.CURRENCY, currency)
        .execute();
    return id;
  }

  /** Paid, with an earning of each of these gross amounts, at a commission of a fifth. */
  UUID paid(UUID vendor, String currency, long... gross) {
    UUID payout = payout(vendor, currency, "paid", gross);
    database
        .dsl()
        .insertInto(EVENT)
        .set(EVENT.TYPE, "payout.paid")
        .set(EVENT.SUBJECT_ID, payout)
        .set(EVENT.CORRELATION_ID, "corr-pay")
        .execute();
    for (int day = 0; day < gross.length; day++) {
      earning(vendor, currency, payout, gross[day], PAID_AT.minusSeconds(86_400L * (day % 7 + 1)));
    }
    return payout;
  }

  UUID payout(UUID vendor, String currency, String status, long... gross) {
    UUID payout = database.newId();
    long sum = 0;
    long commission = 0;
    for (long one : gross) {
      sum += one;
      commission += one / 5;
    }
    boolean paid = status.equals("paid");
    database
        .dsl()
        .insertInto(PAYOUT)
        .set(PAYOUT.ID, payout)
        .set(PAYOUT.RUN_ID, run)
        .set(PAYOUT.VENDOR_ID, vendor)
        .set(PAYOUT.CADENCE, "weekly")
        .set(PAYOUT.PERIOD_START, MONDAY)
        .set(PAYOUT.CURRENCY, currency)
        .set(PAYOUT.EARNINGS, gross.length)
        .set(PAYOUT.GROSS_MINOR, sum)
        .set(PAYOUT.COMMISSION_MINOR, commission)
        .set(PAYOUT.AMOUNT_MINOR, sum - commission)
        .set(PAYOUT.STATUS, status)
        .set(PAYOUT.REASON, paid ? null : "for a test")
        .set(PAYOUT.PROVIDER_TRANSFER_ID, paid ? "tr_" + payout : null)
        .set(PAYOUT.PAID_AT, paid ? PAID_AT : null)
        .execute();
    return payout;
  }

  void earning(UUID vendor, String currency, @Nullable UUID payout, long gross, Instant at) {
    UUID booking =
        TestBooking.startingAt(at.toString()).by(vendor).costing(Math.abs(gross)).in(database);
    long commission = gross / 5;
    database
        .dsl()
        .insertInto(EARNING)
        .set(EARNING.VENDOR_ID, vendor)
        .set(EARNING.SOURCE_KIND, "booking")
        .set(EARNING.SOURCE_ID, booking)
        .set(EARNING.KIND, gross < 0 ? "reversal" : "delivery")
        .set(EARNING.GROSS_MINOR, gross)
        .set(EARNING.COMMISSION_PERCENT, BigDecimal.valueOf(20))
        .set(EARNING.COMMISSION_MINOR, commission)
        .set(EARNING.NET_MINOR, gross - commission)
        .set(EARNING.CURRENCY, currency)
        .set(EARNING.EARNED_AT, at)
        .set(EARNING.PAYOUT_ID, payout)
        .execute();
  }

  private UUID newRun() {
    return database
        .dsl()
        .insertInto(PAYROLL_RUN)
        .set(PAYROLL_RUN.CADENCE, "weekly")
        .set(PAYROLL_RUN.PERIOD_START, MONDAY)
        .set(PAYROLL_RUN.PERIOD_END, MONDAY.plusDays(7))
        .set(PAYROLL_RUN.ZONE, "UTC")
        .set(PAYROLL_RUN.STARTS_AT, Instant.parse("2025-11-17T00:00:00Z"))
        .set(PAYROLL_RUN.ENDS_AT, Instant.parse("2025-11-24T00:00:00Z"))
        .set(PAYROLL_RUN.STATUS, "paying")
        .set(PAYROLL_RUN.HASH, "hash")
        .set(PAYROLL_RUN.TRANSFERS_CHECKED_AT, Instant.now())
        .set(PAYROLL_RUN.REQUESTED_BY, "test")
        .set(PAYROLL_RUN.CORRELATION_ID, "corr-run")
        .set(PAYROLL_RUN.ACCOUNTS_UNCHANGED_SINCE, Instant.parse("2025-11-24T00:00:00Z"))
        .returning(PAYROLL_RUN.ID)
        .fetchSingle()
        .getId();
  }

  @Override
  public void close() {
    database.close();
  }
}
