package dev.mainstay.activities.payroll;

import dev.mainstay.activities.payroll.TransferGateway.Answer.Accepted;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one try of one payout.
 *
 * @param asks how many times the payout had been taken for the provider, this try included
 * @param answer the provider's answer; null if it was accepted
 * @param transferId the provider's id; null if it was not accepted
 */
record TransferOutcome(
    UUID payoutId,
    int attempt,
    int asks,
    Result result,
    @Nullable String answer,
    @Nullable String transferId) {

  /** The transfer was made, by this attempt or by an earlier one. */
  static TransferOutcome accepted(UUID payoutId, int attempt, Accepted made) {
    // A yes counts whoever else has asked.
    return new TransferOutcome(payoutId, attempt, 0, Result.ACCEPTED, null, made.transferId());
  }

  /** As {@code record_payouts} knows them. */
  enum Result {
    ACCEPTED("accepted"),
    /** A definite no to this payout. */
    REFUSED("refused"),
    /** A definite no to all of them. */
    WITHHELD("withheld"),
    /**
     * The provider repeated an earlier failure without a transfer: the next attempt may succeed.
     */
    VOID("void"),
    /** The provider has certainly not heard of this attempt. */
    RELEASED("released"),
    /** It may have happened. */
    UNKNOWN("unknown");

    private final String text;

    Result(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }
}
