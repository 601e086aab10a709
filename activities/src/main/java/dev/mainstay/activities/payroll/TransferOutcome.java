package dev.mainstay.activities.payroll;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one try made of one payout.
 *
 * @param answer in the provider's words; null where it was accepted
 * @param transferId null where it was not accepted
 */
record TransferOutcome(
    UUID payoutId,
    int attempt,
    Result result,
    @Nullable String answer,
    @Nullable String transferId) {

  /** As {@code record_payouts} knows them. */
  enum Result {
    ACCEPTED("accepted"),
    /** A definite no to this payout. */
    REFUSED("refused"),
    /** A definite no to all of them. */
    WITHHELD("withheld"),
    /** An earlier failure was told again, and nothing has come of it: the next attempt may. */
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
