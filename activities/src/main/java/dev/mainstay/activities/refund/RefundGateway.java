package dev.mainstay.activities.refund;

import dev.mainstay.activities.gateway.NotReachedException;
import java.util.List;
import java.util.UUID;

/**
 * A payment provider that can be asked for refunds. {@link #made} resolves a refund whose outcome
 * is unknown; never ask again under another key before it shows nothing.
 *
 * <p>A provider that was certainly not reached, or says "not now", is a {@link
 * NotReachedException}: nothing was done.
 */
public interface RefundGateway {

  /** Asks for a refund, once per request and attempt. */
  Answer refund(Wish wish);

  /** The refunds that were made for a request, by all of its attempts, the latest first. */
  List<Made> made(String paymentId, UUID requestId);

  /**
   * The request.
   *
   * @param attempt the attempt; with the request's id it makes the provider's idempotency key
   * @param amountMinor in minor units of the payment's currency; 1 or more
   */
  record Wish(UUID requestId, int attempt, String paymentId, long amountMinor) {}

  /**
   * A refund that was made for a request, as it stands now.
   *
   * @param attempt that made it
   * @param why it failed, for a person to read; empty where it did not
   */
  record Made(String refundId, int attempt, State state, String why) {}

  /** How far a refund has come. */
  enum State {
    /** The provider still has to send it. */
    PENDING,
    ARRIVED,
    /** It did not arrive, or came back. */
    FAILED
  }

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

    /**
     * It may have happened.
     *
     * @param stored whether the provider has kept this answer and will give it to every repeat of
     *     the attempt: then nothing is under way any more, and what {@link #made} does not show has
     *     not happened
     */
    record Unknown(String why, boolean stored) implements Answer {}
  }
}
