package dev.mainstay.activities.payroll;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The content of a receipt. All of its lines add up to the paid amount, or the receipt is invalid.
 *
 * @param locale the vendor's locale
 * @param zone the vendor's time zone, in which days are shown
 * @param from the first day of the period
 * @param to the last day of the period
 * @param transferId the payment provider's
 * @param lines every earning that was paid, in the order of delivery
 */
record Receipt(
    UUID payoutId,
    long number,
    Instant issuedAt,
    String vendor,
    Locale locale,
    ZoneId zone,
    LocalDate from,
    LocalDate to,
    Currency currency,
    Amounts total,
    Instant paidAt,
    String transferId,
    List<Line> lines) {

  Receipt {
    lines = List.copyOf(lines);
    if (!total.equals(Amounts.of(lines))) {
      throw new IllegalArgumentException("The earnings do not add up to the payout");
    }
  }

  /** In minor units. */
  record Amounts(long gross, long commission, long net) {

    Amounts {
      if (gross != Math.addExact(commission, net)) {
        throw new IllegalArgumentException("Gross is not commission and net");
      }
    }

    private static Amounts of(List<Line> lines) {
      return new Amounts(
          sum(lines, Amounts::gross), sum(lines, Amounts::commission), sum(lines, Amounts::net));
    }

    private static long sum(List<Line> lines, ToLongFunction<Amounts> amount) {
      return lines.stream()
          .mapToLong(line -> amount.applyAsLong(line.amounts()))
          .reduce(0, Math::addExact);
    }
  }

  /**
   * One earning.
   *
   * @param at when it was delivered, or taken back
   * @param what the booking's service or the course's title; null where it is not known any more
   * @param session which session of the course; null of a booking
   * @param reversal whether it takes an earning back
   */
  record Line(
      Instant at,
      @Nullable String what,
      @Nullable Integer session,
      boolean reversal,
      Amounts amounts) {}
}
