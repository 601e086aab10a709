package dev.mainstay.api.payroll;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a period would pay and carry now, in the order of vendors; nothing is changed by looking. Of
 * a period that was frozen only what came later.
 *
 * @param periodEnd the first day that is not of it
 * @param zone in which its days begin and end
 * @param ended whether it can be run
 * @param hash over all that would be paid and carried, not this page alone: what is approved; of
 *     the first page
 * @param totals of all of it, by currency; of the first page
 * @param next what to give as {@code after} for the page that follows; absent on the last
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
   * What would be paid and carried in a currency.
   *
   * @param pays how many payouts
   * @param carries how many would be carried
   */
  @Schema(name = "PreviewTotal")
  record Total(String currency, int pays, long paysMinor, int carries, long carriesMinor) {}

  /**
   * What a vendor would get in a currency.
   *
   * @param earnings how many
   * @param amountMinor net
   * @param outcome {@code none} of one that is gone: it was in the run before and has nothing now
   * @param reason why it would be carried
   * @param difference to the run before; absent where it changed by less than asked for
   * @param lastAmountMinor what it was in the run before
   */
  @Schema(name = "PreviewItem")
  record Item(
      UUID vendorId,
      String currency,
      int earnings,
      long grossMinor,
      long commissionMinor,
      long amountMinor,
      @Schema(allowableValues = {"pay", "carry", "none"}) String outcome,
      @Schema(
              allowableValues = {
                "below-minimum",
                "negative",
                "no-payout-account",
                "no-minimum",
                "unpaid"
              })
          @Nullable String reason,
      @Schema(allowableValues = {"new", "gone", "changed"}) @Nullable String difference,
      @Nullable Long lastAmountMinor) {}
}
