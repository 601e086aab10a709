package dev.mainstay.activities.notification;

import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.notification.MessageOutcome.Became;
import dev.mainstay.activities.notification.letter.Letter;
import dev.mainstay.activities.notification.letter.Letter.Broken;
import dev.mainstay.activities.notification.letter.Letter.Unsendable;
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
record Carrying(Carrier carrier, UUID messageId, Letter letter, @Nullable Instant lostSince) {

  private static final Logger log = LoggerFactory.getLogger(Carrying.class);

  /** What became of it, whatever happens. */
  MessageOutcome outcome() {
    if (letter instanceof Unsendable unsendable) {
      return MessageOutcome.of(messageId, unsendable);
    }
    if (letter instanceof Broken broken) {
      return new MessageOutcome(messageId, Became.NOT_REACHED, broken.said(), null);
    }
    try {
      return MessageOutcome.of(messageId, carrier.carry(letter, lostSince));
    } catch (NotReachedException e) {
      Became became = lostSince == null ? Became.NOT_REACHED : Became.LOST;
      return new MessageOutcome(messageId, became, e.getMessage(), null);
    } catch (RuntimeException e) {
      log.error("Message {} broke on its way: it may have been sent", messageId, e);
      return new MessageOutcome(
          messageId, Became.UNKNOWN, "not known: " + e.getClass().getSimpleName(), null);
    }
  }
}
