package dev.mainstay.activities.payroll;

import dev.mainstay.activities.gateway.NotReachedException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A provider that moves money to vendors. {@link #find} resolves a transfer whose outcome is
 * unknown; never ask again under another key.
 *
 * <p>A provider that was certainly not reached, or says "not now", is a {@link
 * NotReachedException}: nothing was done.
 */
public interface TransferGateway {

  /** Moves the money, once per payout and attempt. */
  Answer transfer(Wish wish);

  /** The transfer that was made for a payout, whichever attempt made it. */
  Optional<Answer.Accepted> find(UUID payoutId);

  /**
   * The transfers made for payouts within a time, half-open; some of them, the latest first.
   *
   * @param until null for no end
   * @param after what the page before named as its {@code next}; null for the first
   */
  MadePage made(Instant since, @Nullable Instant until, @Nullable String after);

  /**
   * The request.
   *
   * @param attempt the attempt; with the payout's id it makes the provider's idempotency key
   * @param destination the vendor's account at the provider
   * @param amountMinor in minor units, 1 or more
   */
  record Wish(
      UUID payoutId,
      int attempt,
      String destination,
      long amountMinor,
      String currency,
      Origin origin) {}

  /**
   * The origin of a transfer, by which it is recognised in a database that was restored from an
   * older backup and has other payouts.
   *
   * @param cadence of the payroll run, as {@code weekly}
   */
  record Origin(UUID installation, String cadence, LocalDate periodStart) {}

  /** The provider's answer. */
  sealed interface Answer {

    /** The vendor has the money. */
    record Accepted(String transferId) implements Answer {}

    /** A definite no to this transfer, for a person to read. */
    record Refused(String why) implements Answer {}

    /**
     * A definite no that has to do with our own account: any other transfer would meet it too.
     *
     * @param why as {@code insufficient-balance}
     */
    record Withheld(String why) implements Answer {}

    /**
     * It may have happened.
     *
     * @param stored whether the provider has kept this answer and will give it to every repeat of
     *     the attempt: then nothing is under way any more, and what {@link #find} does not find has
     *     not happened
     */
    record Unknown(String why, boolean stored) implements Answer {}
  }

  /**
   * A transfer that was made for a payout, as its metadata says.
   *
   * @param origin null where its metadata does not have it
   * @param reversedMinor what of it went back
   */
  record Made(
      String transferId,
      UUID payoutId,
      @Nullable Origin origin,
      String destination,
      long amountMinor,
      String currency,
      long reversedMinor,
      Instant madeAt) {}

  /**
   * Some transfers.
   *
   * @param next null where these are the last
   */
  record MadePage(List<Made> transfers, @Nullable String next) {}
}
