package dev.mainstay.activities.notification;

import dev.mainstay.activities.notification.gateway.Delivery;
import dev.mainstay.activities.notification.gateway.Delivery.Accepted;
import dev.mainstay.activities.notification.gateway.Delivery.Refused;
import dev.mainstay.activities.notification.gateway.Delivery.Unknown;
import dev.mainstay.activities.notification.message.RenderedMessage.Unsendable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one try of one message.
 *
 * @param reason the reason, without an address or a name; null if the message was sent
 * @param providerId the provider's id of the message; null if it was not sent
 */
record MessageOutcome(
    UUID messageId, Outcome outcome, @Nullable String reason, @Nullable String providerId) {

  /** As {@code record_messages} knows them. */
  enum Outcome {
    SENT("sent"),
    /** Not to be sent, and no gateway was asked. */
    SUPPRESSED("suppressed"),
    /** A final no. */
    FAILED("failed"),
    /** A final no to everything on this channel. */
    STOPPED("stopped"),
    /** Certainly not sent; may be tried again. */
    NOT_REACHED("not-reached"),
    /** Certainly not sent by this try, but an earlier one may have. */
    LOST("lost"),
    /** It may have been sent. */
    UNKNOWN("unknown");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    /** Whether the message still waits. */
    boolean isOpen() {
      return this == NOT_REACHED || this == LOST || this == UNKNOWN;
    }
  }

  static MessageOutcome of(UUID messageId, Delivery delivery) {
    return switch (delivery) {
      case Accepted accepted ->
          new MessageOutcome(messageId, Outcome.SENT, null, accepted.providerId());
      case Refused refused ->
          switch (refused.why()) {
            case STOPPED -> new MessageOutcome(messageId, Outcome.STOPPED, "stopped", null);
            case GONE -> new MessageOutcome(messageId, Outcome.FAILED, "device-gone", null);
            case ADDRESS -> new MessageOutcome(messageId, Outcome.FAILED, "no-such-address", null);
            case REJECTED ->
                new MessageOutcome(messageId, Outcome.FAILED, "refused: " + refused.said(), null);
          };
      case Unknown unknown ->
          new MessageOutcome(messageId, Outcome.UNKNOWN, "not known: " + unknown.said(), null);
    };
  }

  static MessageOutcome of(UUID messageId, Unsendable unsendable) {
    return new MessageOutcome(messageId, Outcome.SUPPRESSED, unsendable.reason(), null);
  }
}
