package dev.mainstay.activities.payroll;

import static dev.mainstay.activities.purchase.TestPurchases.atOnce;
import static dev.mainstay.db.generated.Tables.EARNING;
import static dev.mainstay.db.generated.Tables.PAYOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.sum;

import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.page.KeyRange;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A freeze settles every earning once, however often it runs. */
class FreezeTest {

  private static final String MONDAY = "2026-01-05";
  private static final String NEXT = "2026-01-12";
  private static final String TUESDAY_NOON = "2026-01-06T12:00:00Z";

  private final TestDatabase database = TestDatabase.create();
  private final TestPayroll payroll = new TestPayroll(database);

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    database.close();
  }

  @Test
  void theWorkedExampleAndTheWeekAfter() {
    UUID a = payroll.vendor("weekly");
    UUID b = payroll.vendor("weekly");
    UUID c = payroll.vendor("weekly");
    payroll.earned(a, 5, 20_000, TUESDAY_NOON);
    payroll.earned(b, 2, 30_000, TUESDAY_NOON);
    payroll.earned(c, 1, 4_000, TUESDAY_NOON);

    UUID first = payroll.frozen("weekly", MONDAY);

    assertThat(payroll.payouts(first, a)).containsExactly("frozen 80000 USD of 5");
    assertThat(payroll.payouts(first, b)).containsExactly("frozen 48000 USD of 2");
    assertThat(payroll.payouts(first, c)).containsExactly("carried 3200 USD of 1: below-minimum");
    assertThat(totals(first)).containsExactly("carried 1 3200", "frozen 2 128000");

    payroll.earned(c, 1, 4_000, "2026-01-13T12:00:00Z");
    UUID second = payroll.frozen("weekly", NEXT);

    assertThat(payroll.payouts(second, c)).containsExactly("frozen 6400 USD of 2");
    assertThat(payroll.payouts(second, a)).isEmpty();
    assertThat(payroll.unsettled()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 6249, USD, carried 4999 USD of 1: below-minimum",
    "1, 6250, USD, frozen 5000 USD of 1",
    "3, 1999, USD, carried 4797 USD of 3: below-minimum",
    "1, 6250, JPY, frozen 5000 JPY of 1",
    "2, 3333, JPY, frozen 5332 JPY of 2",
    "1, 3333, JPY, carried 2666 JPY of 1: below-minimum",
    "9, 9999, SEK, carried 71991 SEK of 9: no-minimum"
  })
  void commissionIsRoundedPerEarningAndExactlyTheMinimumIsPaid(
      int times, long gross, String currency, String payout) {
    UUID vendor = payroll.vendor("weekly");
    for (int i = 0; i < times; i++) {
      payroll.earned(vendor, gross, currency, Instant.parse(TUESDAY_NOON));
    }

    assertThat(payroll.payouts(payroll.frozen("weekly", MONDAY), vendor)).containsExactly(payout);
  }

  @Test
  void whatCannotBePaidIsCarriedWithItsReasonAndHoldsUpNobody() {
    UUID homeless = payroll.vendor("weekly", null);
    UUID paid = payroll.vendor("weekly");
    payroll.earned(homeless, 1, 20_000, TUESDAY_NOON);
    payroll.earned(paid, 1, 20_000, TUESDAY_NOON);
    payroll.earned(paid, 20_000, "EUR", Instant.parse(TUESDAY_NOON));

    UUID run = payroll.frozen("weekly", MONDAY);

    assertThat(payroll.payouts(run, homeless))
        .containsExactly("carried 16000 USD of 1: no-payout-account");
    assertThat(payroll.payouts(run, paid))
        .containsExactly("frozen 16000 EUR of 1", "frozen 16000 USD of 1");
    assertThat(payroll.unsettled()).isEqualTo(1);

    payroll.paidTo(homeless, "acct_new");
    assertThat(payroll.payouts(payroll.frozen("weekly", NEXT), homeless))
        .containsExactly("frozen 16000 USD of 1");
  }

  @Test
  void aDeliveryIsDueOnceItsMoneyWasReceived() {
    UUID vendor = payroll.vendor("weekly");
    UUID other = payroll.vendor("weekly");
    UUID unpaid = payroll.unpaidBooking(vendor, 20_000, Instant.parse(TUESDAY_NOON));
    UUID late = payroll.unpaidBooking(other, 20_000, Instant.parse(TUESDAY_NOON));
    payroll.earned(other, 1, 10_000, TUESDAY_NOON);

    UUID first = payroll.frozen("weekly", MONDAY);

    assertThat(payroll.payouts(first, vendor)).containsExactly("carried 16000 USD of 1: unpaid");
    assertThat(payroll.payouts(first, other)).containsExactly("frozen 8000 USD of 1");

    payroll.pay(unpaid, "till");
    payroll.pay(late, "till");
    UUID second = payroll.frozen("weekly", NEXT);
    assertThat(payroll.payouts(second, vendor)).containsExactly("frozen 16000 USD of 1");
    assertThat(payroll.payouts(second, other)).containsExactly("frozen 16000 USD of 1");
  }

  @Test
  void anAssertedPaymentIsCarriedUntilItsProviderConfirmsIt() {
    UUID vendor = payroll.vendor("weekly");
    UUID booking = payroll.unpaidBooking(vendor, 20_000, Instant.parse(TUESDAY_NOON));
    payroll.assertPaid(booking, "pi_1", "till");

    UUID first = payroll.frozen("weekly", MONDAY);

    assertThat(payroll.payouts(first, vendor))
        .containsExactly("carried 16000 USD of 1: unverified-payment");

    assertThat(
            Routines.confirmPayment(
                database.dsl().configuration(),
                booking,
                "stripe",
                "pi_1",
                "pi_1",
                20_000L,
                "USD",
                Instant.now()))
        .isNull();
    assertThat(payroll.payouts(payroll.frozen("weekly", NEXT), vendor))
        .containsExactly("frozen 16000 USD of 1");
  }

  @Test
  void testDataIsNeverDue() {
    UUID vendor = payroll.vendor("weekly");
    database.admin().execute("update customer set test_data = true");
    payroll.earned(vendor, 1, 20_000, TUESDAY_NOON);

    assertThat(payroll.payouts(payroll.frozen("weekly", MONDAY), vendor)).isEmpty();
  }

  @Test
  void whatWasTakenBackAfterItWasPaidIsCarriedAsNegativeUntilItIsEarned() {
    UUID vendor = payroll.vendor("weekly");
    UUID earning = payroll.earned(vendor, 10_000, "USD", Instant.parse(TUESDAY_NOON));
    payroll.paid(payroll.frozen("weekly", MONDAY));
    database
        .dsl()
        .execute(
            """
            insert into earning (vendor_id, source_kind, source_id, kind, gross_minor, commission_percent, commission_minor, net_minor,
                                 currency, earned_at)
            select vendor_id, source_kind, source_id, 'reversal', -gross_minor, 20, -commission_minor, -net_minor, currency,
                   '2026-01-13T12:00Z'
            from earning
            where id = ?
            """,
            earning);

    assertThat(payroll.payouts(payroll.frozen("weekly", NEXT), vendor))
        .containsExactly("carried -8000 USD of 1: negative");

    payroll.earned(vendor, 2, 10_000, "2026-01-20T12:00:00Z");
    assertThat(payroll.payouts(payroll.frozen("weekly", "2026-01-19"), vendor))
        .containsExactly("frozen 8000 USD of 3");
  }

  @Test
  void aVendorWhoIsSwitchedFromWeeklyToMonthlyIsPaidEachEarningOnce() {
    UUID vendor = payroll.vendor("weekly");
    payroll.earned(vendor, 1, 10_000, TUESDAY_NOON);
    UUID weekly = payroll.frozen("weekly", MONDAY);
    payroll.earned(vendor, 1, 20_000, "2026-01-13T12:00:00Z");
    payroll.paidBy(vendor, "monthly");
    payroll.earned(vendor, 1, 30_000, "2026-01-15T12:00:00Z");

    UUID later = payroll.frozen("weekly", NEXT);
    UUID monthly = payroll.frozen("monthly", "2026-01-01");

    assertThat(payroll.payouts(weekly, vendor)).containsExactly("frozen 8000 USD of 1");
    assertThat(payroll.payouts(later, vendor)).isEmpty();
    assertThat(payroll.payouts(monthly, vendor)).containsExactly("frozen 40000 USD of 2");
    assertThat(payroll.unsettled()).isZero();
  }

  @Test
  void aPageThatIsRunTwiceAndACrashBetweenPagesSettleOnce() {
    List<UUID> vendors = IntStream.range(0, 7).mapToObj(_ -> payroll.vendor("weekly")).toList();
    vendors.forEach(vendor -> payroll.earned(vendor, 2, 10_000, TUESDAY_NOON));
    UUID run = payroll.requested("weekly", MONDAY, "UTC");
    payroll.steps(false).begin(run);
    List<KeyRange> pages = payroll.pages(run);
    assertThat(pages).hasSize(4);

    payroll.freezing.freeze(run, pages.get(0));
    payroll.freezing.freeze(run, pages.get(0));
    payroll.freezing.freeze(run, pages.get(2));
    // what comes now is of the next run: its vendor has a payout of this one
    payroll.earned(vendors.getFirst(), 1, 10_000, TUESDAY_NOON);
    payroll.freeze(run);
    pages.forEach(page -> payroll.freezing.freeze(run, page));
    payroll.freezing.conclude(run);

    assertThat(vendors)
        .allSatisfy(vendor ->
            assertThat(payroll.payouts(run, vendor)).containsExactly("frozen 16000 USD of 2"));
    assertThat(payroll.unsettled()).isEqualTo(1);
    payroll.freeze(run);
    assertThat(payroll.unsettled()).as("a page that comes late").isEqualTo(1);
  }

  @Test
  void twoWhoFreezeAtOnceSettleOnce() {
    List<UUID> vendors = IntStream.range(0, 40).mapToObj(_ -> payroll.vendor("weekly")).toList();
    vendors.forEach(vendor -> payroll.earned(vendor, 3, 10_000, TUESDAY_NOON));
    UUID run = payroll.requested("weekly", MONDAY, "UTC");
    payroll.steps(false).begin(run);
    List<KeyRange> pages = payroll.pages(run);

    atOnce(
        4,
        () -> {
          pages.forEach(page -> payroll.freezing.freeze(run, page));
          return true;
        });
    payroll.freezing.conclude(run);

    assertThat(vendors)
        .allSatisfy(vendor ->
            assertThat(payroll.payouts(run, vendor)).containsExactly("frozen 24000 USD of 3"));
    assertThat(payroll.unsettled()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024-02-26", "2026-03-23", "2026-10-19"})
  void weeksOverDaylightSavingAndTheLeapDayCoverEachEarningOnce(String monday) {
    ZoneId zone = ZoneId.of("Europe/Berlin");
    UUID vendor = payroll.vendor("weekly");
    LocalDate first = LocalDate.parse(monday);
    Instant from = first.atStartOfDay(zone).toInstant();
    Instant to = first.plusWeeks(2).atStartOfDay(zone).toInstant();
    for (Instant at = from; at.isBefore(to); at = at.plusSeconds(1_800)) {
      payroll.earned(vendor, 10_000, "USD", at);
    }

    UUID one = payroll.frozen("weekly", monday, zone.getId());
    UUID two = payroll.frozen("weekly", first.plusWeeks(1).toString(), zone.getId());

    for (UUID run : List.of(one, two)) {
      LocalDate start = run.equals(one) ? first : first.plusWeeks(1);
      long halfHours =
          (start.plusWeeks(1).atStartOfDay(zone).toEpochSecond()
                  - start.atStartOfDay(zone).toEpochSecond())
              / 1_800;
      assertThat(payroll.payouts(run, vendor))
          .containsExactly("frozen %d USD of %d".formatted(8_000 * halfHours, halfHours));
    }
    assertThat(payroll.unsettled()).isZero();
  }

  @Test
  void aLeapFebruaryHas29Days() {
    UUID vendor = payroll.vendor("monthly");
    payroll.earned(vendor, 1, 10_000, "2024-02-29T23:59:59Z");
    payroll.earned(vendor, 1, 20_000, "2024-03-01T00:00:00Z");

    UUID run = payroll.frozen("monthly", "2024-02-01");

    assertThat(payroll.payouts(run, vendor)).containsExactly("frozen 8000 USD of 1");
  }

  /** Whatever vendors earn, late or in time, and however they are switched. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyEarningIsSettledOnceByWhateverRunsThereAre(long seed) {
    Random random = new Random(seed);
    LocalDate start = LocalDate.parse("2026-03-02");
    var vendors = new ArrayList<UUID>();
    for (int i = 0; i < 12; i++) {
      vendors.add(payroll.vendor(random.nextBoolean() ? "weekly" : "monthly"));
    }
    for (LocalDate day = start; day.isBefore(start.plusMonths(3)); day = day.plusDays(1)) {
      for (int i = random.nextInt(6); i > 0; i--) {
        Instant at =
            day.minusDays(random.nextInt(20))
                .atTime(random.nextInt(24), random.nextInt(60))
                .toInstant(java.time.ZoneOffset.UTC);
        String currency = random.nextInt(4) == 0 ? "JPY" : "USD";
        payroll.earned(
            vendors.get(random.nextInt(vendors.size())), random.nextInt(9_000), currency, at);
      }
      if (random.nextInt(5) == 0) {
        payroll.paidBy(
            vendors.get(random.nextInt(vendors.size())),
            random.nextBoolean() ? "weekly" : "monthly");
      }
      if (day.getDayOfWeek() == DayOfWeek.MONDAY) {
        payroll.paid(payroll.frozen("weekly", day.minusWeeks(1).toString()));
      }
      if (day.getDayOfMonth() == 1) {
        payroll.paid(
            payroll.frozen(
                "monthly",
                day.minusMonths(1).with(TemporalAdjusters.firstDayOfMonth()).toString()));
      }
    }

    var settled =
        database
            .dsl()
            .select(count(), sum(EARNING.NET_MINOR))
            .from(EARNING)
            .where(EARNING.PAYOUT_ID.isNotNull())
            .fetchSingle();
    var paid =
        database
            .dsl()
            .select(sum(PAYOUT.EARNINGS), sum(PAYOUT.AMOUNT_MINOR))
            .from(PAYOUT)
            .where(PAYOUT.STATUS.eq("paid"))
            .fetchSingle();
    assertThat(settled.value1()).isPositive().isEqualTo(paid.value1().intValue());
    assertThat(settled.value2()).isEqualByComparingTo(paid.value2());
  }

  @Test
  void aPeriodThatIsNoneOrHasNotEndedCannotBeRun() {
    assertThatThrownBy(() -> payroll.requested("weekly", "2026-01-06", "UTC"))
        .hasMessageContaining("payroll_period_valid");
    assertThatThrownBy(() -> payroll.requested("monthly", "2026-01-02", "UTC"))
        .hasMessageContaining("payroll_period_valid");
    assertThatThrownBy(() -> payroll.requested("weekly", "2029-12-31", "UTC"))
        .hasMessageContaining("has not ended");
  }

  @ParameterizedTest
  @CsvSource({
    "weekly, 2026-01-12T00:00:00Z, UTC, 2026-01-05",
    "weekly, 2026-01-11T23:59:59Z, UTC, 2025-12-29",
    "weekly, 2026-01-11T23:00:00Z, Europe/Berlin, 2026-01-05",
    "monthly, 2026-03-01T00:00:00Z, UTC, 2026-02-01",
    "monthly, 2026-02-28T23:59:59Z, UTC, 2026-01-01",
    "monthly, 2026-03-31T22:00:00Z, Europe/Berlin, 2026-03-01"
  })
  void theLastPeriodThatHasEnded(String cadence, Instant at, String zone, LocalDate start) {
    assertThat(Routines.lastPayrollPeriod(database.dsl().configuration(), cadence, zone, at))
        .isEqualTo(start);
  }

  private List<String> totals(UUID run) {
    return database
        .dsl()
        .fetch(
            "select status || ' ' || payouts || ' ' || amount_minor as told from payroll_total where run_id = ? order by 1",
            run)
        .getValues("told", String.class);
  }
}
