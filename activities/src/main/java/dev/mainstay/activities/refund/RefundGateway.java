package dev.mainstay.activities.refund;

import java.util.Optional;
import java.util.UUID;

/**
 * A payment provider that can be asked to give money back. What may have happened is unknown, and
 * is resolved by {@link #find}, never by asking again under another key.
 *
 * <p>A provider that was certainly not reached, or says "not now", is an exception: nothing was
 * done.
 */
public interface RefundGateway {

  /** Asks for a refund, once per request and attempt. */
  Answer refund(Wish wish);

  /**
   * The refund that was made for a request, whichever attempt made it; empty where there is none
   * that still stands.
   */
  Optional<Answer.Accepted> find(String paymentId, UUID requestId);

  /**
   * What is wished.
   *
   * @param attempt makes the provider's idempotency key, with the request's id
   * @param amountMinor in minor units of the payment's currency; 1 or more
   */
  record Wish(UUID requestId, int attempt, String paymentId, long amountMinor) {}

  /** The provider's answer. */
  sealed interface Answer {

    /**
     * The money goes back.
     *
     * @param arrived false while the provider still has to send it, and will tell of it later
     */
    record Accepted(String refundId, boolean arrived) implements Answer {}

    /** A final no, for a person to read. */
    record Refused(String why) implements Answer {}

    /** It may have happened. */
    record Unknown(String why) implements Answer {}
  }
}
