package dev.mainstay.activities.notification;

import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.notification.MessageOutcome.Outcome;
import dev.mainstay.activities.notification.message.RenderedMessage;
import dev.mainstay.activities.notification.message.RenderedMessage.Broken;
import dev.mainstay.activities.notification.message.RenderedMessage.Unsendable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A letter on its way to a gateway.
 *
 * @param lostSince since when an earlier try may have sent it; null where none may have
 */
record MessageDispatch(
    ChannelSender carrier, UUID messageId, RenderedMessage letter, @Nullable Instant lostSince) {

  private static final Logger log = LoggerFactory.getLogger(MessageDispatch.class);

  /** Sends the message and returns its outcome; throws nothing. */
  MessageOutcome outcome() {
    if (letter instanceof Unsendable unsendable) {
      return MessageOutcome.of(messageId, unsendable);
    }
    if (letter instanceof Broken broken) {
      return new MessageOutcome(messageId, Outcome.NOT_REACHED, broken.said(), null);
    }
    try {
      return MessageOutcome.of(messageId, carrier.carry(letter, lostSince));
    } catch (NotReachedException e) {
      Outcome outcome = lostSince == null ? Outcome.NOT_REACHED : Outcome.LOST;
      return new MessageOutcome(messageId, outcome, e.getMessage(), null);
    } catch (RuntimeException e) {
      log.error("Message {} broke on its way: it may have been sent", messageId, e);
      return new MessageOutcome(
          messageId, Outcome.UNKNOWN, "not known: " + e.getClass().getSimpleName(), null);
    }
  }
}
