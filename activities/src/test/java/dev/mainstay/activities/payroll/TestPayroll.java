package dev.mainstay.activities.payroll;

import static dev.mainstay.db.generated.Tables.BOOKING;
import static dev.mainstay.db.generated.Tables.CUSTOMER;
import static dev.mainstay.db.generated.Tables.EARNING;
import static dev.mainstay.db.generated.Tables.PAYOUT;
import static dev.mainstay.db.generated.Tables.VENDOR;
import static java.util.Objects.requireNonNull;

import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PagePlan;
import dev.mainstay.workflows.payroll.PayrollStage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Vendors, what they earn, and the steps of runs over it, in pages of two vendors. */
final class TestPayroll {

  static final int ACCOUNT_HOLD_SECONDS = 72 * 3_600;
  static final Instant MUCH_LATER = Instant.parse("2030-01-01T00:00:00Z");

  final TestDatabase database;
  final FreezeStepsImpl freezing;
  private final UUID customer;

  TestPayroll(TestDatabase database) {
    this.database = database;
    this.freezing = new FreezeStepsImpl(database.dsl(), 2);
    this.customer = database.newId();
    database
        .dsl()
        .insertInto(CUSTOMER)
        .set(CUSTOMER.ID, customer)
        .set(CUSTOMER.NAME, "Customer")
        .set(CUSTOMER.LOCALE, "en")
        .set(CUSTOMER.ZONE, "UTC")
        .execute();
  }

  /** The run's steps on a host. */
  PayrollStepsImpl steps(boolean approvalRequired) {
    return new PayrollStepsImpl(database.dsl(), approvalRequired);
  }

  UUID vendor(String cadence) {
    return vendor(cadence, "acct_" + database.newId());
  }

  UUID vendor(String cadence, @Nullable String account) {
    UUID id = database.newId();
    database
        .dsl()
        .insertInto(VENDOR)
        .set(VENDOR.ID, id)
        .set(VENDOR.NAME, "Vendor")
        .set(VENDOR.LOCALE, "en")
        .set(VENDOR.ZONE, "UTC")
        .set(VENDOR.CADENCE, cadence)
        .set(VENDOR.CURRENCY, "USD")
        .set(VENDOR.PAYOUT_ACCOUNT, account)
        .set(VENDOR.CHANGED_AT, Instant.parse("2024-01-01T00:00:00Z"))
        .execute();
    return id;
  }

  void paidBy(UUID vendor, String cadence) {
    database
        .dsl()
        .update(VENDOR)
        .set(VENDOR.CADENCE, cadence)
        .where(VENDOR.ID.eq(vendor))
        .execute();
  }

  void paidTo(UUID vendor, String account) {
    database
        .dsl()
        .update(VENDOR)
        .set(VENDOR.PAYOUT_ACCOUNT, account)
        .where(VENDOR.ID.eq(vendor))
        .execute();
  }

  void earned(UUID vendor, int times, long gross, String at) {
    for (int i = 0; i < times; i++) {
      earned(vendor, gross, "USD", Instant.parse(at));
    }
  }

  /** A booking was paid and delivered; answers its earning. */
  UUID earned(UUID vendor, long gross, String currency, Instant at) {
    return earning(delivered(vendor, gross, currency, at, at));
  }

  /** A booking was delivered that nobody has paid. */
  UUID unpaidBooking(UUID vendor, long gross, Instant at) {
    return delivered(vendor, gross, "USD", at, null);
  }

  /** Somebody says that the money was received. */
  void pay(UUID booking, String by) {
    var _ =
        Routines.payBooking(
            database.dsl().configuration(), booking, null, null, false, null, MUCH_LATER, "c", by);
  }

  /** A client says that Stripe has received the money. */
  void assertPaid(UUID booking, String payment, String by) {
    var _ =
        Routines.payBooking(
            database.dsl().configuration(),
            booking,
            "stripe",
            payment,
            true,
            null,
            MUCH_LATER,
            "c",
            by);
  }

  private UUID delivered(
      UUID vendor, long gross, String currency, Instant at, @Nullable Instant paid) {
    UUID booking = database.newId();
    database
        .dsl()
        .insertInto(BOOKING)
        .set(BOOKING.ID, booking)
        .set(BOOKING.CUSTOMER_ID, customer)
        .set(BOOKING.VENDOR_ID, vendor)
        .set(BOOKING.SERVICE, "Airport transfer")
        .set(BOOKING.STARTS_AT, at)
        .set(BOOKING.ZONE, "UTC")
        .set(BOOKING.PRICE_MINOR, gross)
        .set(BOOKING.CURRENCY, currency)
        .set(BOOKING.STATUS, "completed")
        .set(BOOKING.PAID_AT, paid)
        .set(BOOKING.DELIVERED_AT, at)
        .set(BOOKING.CLIENT, "test")
        .set(BOOKING.CORRELATION_ID, "c")
        .execute();
    Routines.recordEarning(
        database.dsl().configuration(),
        vendor,
        "booking",
        booking,
        gross,
        currency,
        at,
        BigDecimal.valueOf(20),
        "backend");
    return booking;
  }

  private UUID earning(UUID booking) {
    return requireNonNull(
        database
            .dsl()
            .select(EARNING.ID)
            .from(EARNING)
            .where(EARNING.SOURCE_ID.eq(booking))
            .fetchSingle(EARNING.ID));
  }

  UUID requested(String cadence, String start, String zone) {
    return requireNonNull(
        Routines.requestPayroll(
            database.dsl().configuration(),
            cadence,
            LocalDate.parse(start),
            zone,
            ACCOUNT_HOLD_SECONDS,
            "fin",
            "c",
            MUCH_LATER));
  }

  /** A run that needs no approval, frozen, without any transfers that nobody knows. */
  UUID frozen(String cadence, String start) {
    return frozen(cadence, start, "UTC");
  }

  UUID frozen(String cadence, String start, String zone) {
    UUID run = frozenOnly(cadence, start, zone);
    check(run);
    return run;
  }

  /** Finds no transfers that nobody knows. */
  void check(UUID run) {
    new TransferCheckStepsImpl(database.dsl(), new FakeTransfers()).check(run, null);
  }

  /** The same before anybody has looked at the provider's transfers. */
  UUID frozenOnly(String cadence, String start, String zone) {
    UUID run = requested(cadence, start, zone);
    steps(false).begin(run);
    freeze(run);
    if (freezing.conclude(run).stage() != PayrollStage.PAY) {
      throw new IllegalStateException("not frozen");
    }
    return run;
  }

  void freeze(UUID run) {
    pages(run).forEach(page -> freezing.freeze(run, page));
  }

  List<KeyRange> pages(UUID run) {
    var ranges = new ArrayList<KeyRange>();
    @Nullable String after = null;
    PagePlan plan;
    do {
      plan = freezing.plan(run, after);
      for (PagePlan.PageBoundary cut : plan.cuts()) {
        ranges.add(new KeyRange(after, cut.upTo()));
        after = cut.upTo();
      }
    } while (!plan.last());
    return ranges;
  }

  /** A vendor's payouts in a run, as {@code frozen 80000 USD of 5}. */
  List<String> payouts(UUID run, UUID vendor) {
    return database
        .dsl()
        .selectFrom(PAYOUT)
        .where(PAYOUT.RUN_ID.eq(run), PAYOUT.VENDOR_ID.eq(vendor), PAYOUT.STATUS.ne("cancelled"))
        .orderBy(PAYOUT.CURRENCY)
        .fetch(row ->
            "%s %d %s of %d%s"
                .formatted(
                    row.getStatus(),
                    row.getAmountMinor(),
                    row.getCurrency(),
                    row.getEarnings(),
                    row.getReason() == null ? "" : ": " + row.getReason()));
  }

  /** Everything that a run is to pay has been sent. */
  void paid(UUID run) {
    freezing.pay(run, false);
    database
        .dsl()
        .execute("update payout set status = 'paying' where run_id = ? and status = 'frozen'", run);
    database
        .dsl()
        .execute(
            "update payout set status = 'paid', provider_transfer_id = 'tr_' || id, paid_at = now() where run_id = ? and status = 'paying'",
            run);
  }

  String status(UUID run) {
    return database
        .dsl()
        .fetchSingle(
            "select concat_ws(': ', status, pause_reason) from payroll_run where id = ?", run)
        .into(String.class);
  }

  int unsettled() {
    return database.dsl().fetchCount(EARNING, EARNING.PAYOUT_ID.isNull());
  }
}
