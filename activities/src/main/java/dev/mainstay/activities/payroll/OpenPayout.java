package dev.mainstay.activities.payroll;

import dev.mainstay.activities.payroll.TransferGateway.Origin;
import dev.mainstay.db.generated.tables.records.PayoutRecord;
import dev.mainstay.db.payroll.PayoutStatus;
import java.util.Optional;
import java.util.UUID;

/**
 * A payout that is not paid yet, as it was last read.
 *
 * @param asks how many times it was taken for the provider
 * @param inDoubt whether it may have been paid, but the outcome is unknown
 * @param lookUp whether there may be a transfer: of an earlier attempt, or of one that a restored
 *     backup has lost
 */
record OpenPayout(
    UUID id,
    int asks,
    long amountMinor,
    String currency,
    Origin origin,
    boolean inDoubt,
    boolean lookUp) {

  /**
   * Empty where it is paid, carried, failed or cancelled.
   *
   * @param origin of its transfer
   * @param keysForgotten whether the provider may have forgotten the idempotency keys of its run
   */
  static Optional<OpenPayout> of(PayoutRecord row, Origin origin, boolean keysForgotten) {
    PayoutStatus status = PayoutStatus.of(row.getStatus());
    boolean isInDoubt = status == PayoutStatus.PAYING || status == PayoutStatus.UNKNOWN;
    return isInDoubt || status == PayoutStatus.FROZEN
        ? Optional.of(
            new OpenPayout(
                row.getId(),
                row.getAsks(),
                row.getAmountMinor(),
                row.getCurrency(),
                origin,
                isInDoubt,
                row.getAsks() > 0 || keysForgotten))
        : Optional.empty();
  }

  /** The same payout after its last attempt certainly did not happen. */
  OpenPayout refusedOnce() {
    return new OpenPayout(id, asks + 1, amountMinor, currency, origin, false, true);
  }
}
