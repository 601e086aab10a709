package dev.mainstay.activities.payroll;

import dev.mainstay.db.generated.tables.records.PayoutRecord;
import dev.mainstay.db.payroll.PayoutStatus;
import java.util.Optional;
import java.util.UUID;

/**
 * A payout that is not paid yet, as it was last read.
 *
 * @param asks how many times it was taken for the provider
 * @param inDoubt whether it may have been paid, but the outcome is unknown
 */
record OpenPayout(UUID id, int asks, long amountMinor, String currency, boolean inDoubt) {

  /** Empty where it is paid, carried, failed or cancelled. */
  static Optional<OpenPayout> of(PayoutRecord row) {
    PayoutStatus status = PayoutStatus.of(row.getStatus());
    boolean isInDoubt = status == PayoutStatus.PAYING || status == PayoutStatus.UNKNOWN;
    return isInDoubt || status == PayoutStatus.FROZEN
        ? Optional.of(
            new OpenPayout(
                row.getId(), row.getAsks(), row.getAmountMinor(), row.getCurrency(), isInDoubt))
        : Optional.empty();
  }

  /** The same payout after its last attempt certainly did not happen. */
  OpenPayout refusedOnce() {
    return new OpenPayout(id, asks + 1, amountMinor, currency, false);
  }
}
