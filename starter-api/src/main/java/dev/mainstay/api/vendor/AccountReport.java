package dev.mainstay.api.vendor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a payment provider reports about an account that vendors may be paid to. */
public sealed interface AccountReport {

  /** The provider's id of the account. */
  String account();

  /** The provider's time. */
  Instant at();

  /**
   * A description of the account.
   *
   * @param payoutsEnabled whether it is paid out to its bank; null if not said
   * @param transfersActive whether it may receive transfers; null if not said
   * @param disabledReason the provider's code
   * @param sound whether nothing in it keeps payouts from the bank
   */
  record State(
      String account,
      Instant at,
      @Nullable Boolean payoutsEnabled,
      @Nullable Boolean transfersActive,
      @Nullable String disabledReason,
      boolean sound)
      implements AccountReport {}

  /**
   * A payout of the account to its bank, at its end.
   *
   * @param failureCode null if the bank took it
   */
  record BankPayout(String account, Instant at, String payoutId, @Nullable String failureCode)
      implements AccountReport {}
}
