package dev.mainstay.activities.refund;

import java.util.Optional;
import java.util.UUID;

/**
 * A payment provider that can be asked for refunds. {@link #find} resolves a refund whose outcome
 * is unknown; never ask again under another key.
 *
 * <p>A provider that was certainly not reached, or says "not now", is an exception: nothing was
 * done.
 */
public interface RefundGateway {

  /** Asks for a refund, once per request and attempt. */
  Answer refund(Wish wish);

  /**
   * The refund that was made for a request, by any of its attempts; empty if there is none that is
   * still valid.
   */
  Optional<Answer.Accepted> find(String paymentId, UUID requestId);

  /**
   * The request.
   *
   * @param attempt the attempt; with the request's id it makes the provider's idempotency key
   * @param amountMinor in minor units of the payment's currency; 1 or more
   */
  record Wish(UUID requestId, int attempt, String paymentId, long amountMinor) {}

  /** The provider's answer. */
  sealed interface Answer {

    /**
     * The money goes back.
     *
     * @param arrived false while the provider still has to send it, and will report it later
     */
    record Accepted(String refundId, boolean arrived) implements Answer {}

    /** A final no, for a person to read. */
    record Refused(String why) implements Answer {}

    /** It may have happened. */
    record Unknown(String why) implements Answer {}
  }
}
