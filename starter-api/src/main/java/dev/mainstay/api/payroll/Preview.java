package dev.mainstay.api.payroll;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The payouts that a period would pay and carry now, in the order of vendors; reading it changes
 * nothing. For a frozen period, only the later earnings.
 *
 * @param periodEnd the first day after the period
 * @param zone the time zone of its days
 * @param ended whether the period has ended, so that it can be run
 * @param hash over everything that would be paid and carried, not only this page; approvals name
 *     it; on the first page
 * @param totals over all pages, by currency; on the first page
 * @param next the value of {@code after} for the next page; absent on the last
 */
record Preview(
    @Schema(example = "weekly") String cadence,
    LocalDate periodStart,
    LocalDate periodEnd,
    @Schema(example = "UTC") String zone,
    Instant startsAt,
    Instant endsAt,
    boolean ended,
    @Nullable String hash,
    @Nullable List<Total> totals,
    List<Item> items,
    @Nullable UUID next) {

  /**
   * The totals that would be paid and carried in a currency.
   *
   * @param pays the number of payouts
   * @param carries the number that would be carried
   */
  @Schema(name = "PreviewTotal")
  record Total(String currency, int pays, long paysMinor, int carries, long carriesMinor) {}

  /**
   * The amount that a vendor would get in a currency.
   *
   * @param earnings the number of earnings
   * @param amountMinor the net amount
   * @param outcome {@code none} for a vendor that was in the previous run and has nothing now
   * @param reason why it would be carried
   * @param account the account that the payout goes to; absent if nothing is paid
   * @param accountProblem why the vendor's account cannot be paid, as its provider last said; the
   *     outcome and the hash do not depend on it. Absent if nothing is known against the account
   * @param difference to the previous run; absent if the change is smaller than requested
   * @param lastAmountMinor the amount in the previous run
   */
  @Schema(name = "PreviewItem")
  record Item(
      UUID vendorId,
      String currency,
      int earnings,
      long grossMinor,
      long commissionMinor,
      long amountMinor,
      @Nullable String account,
      @Schema(allowableValues = {"transfers-inactive", "payouts-disabled", "payout-failed"})
          @Nullable String accountProblem,
      @Schema(allowableValues = {"pay", "carry", "none"}) String outcome,
      @Schema(
              allowableValues = {
                "below-minimum",
                "negative",
                "no-payout-account",
                "no-minimum",
                "unpaid",
                "account-changed",
                "unverified-payment"
              })
          @Nullable String reason,
      @Schema(allowableValues = {"new", "gone", "changed"}) @Nullable String difference,
      @Nullable Long lastAmountMinor) {}
}
