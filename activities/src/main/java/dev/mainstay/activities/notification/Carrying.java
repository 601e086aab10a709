package dev.mainstay.activities.notification;

import dev.mainstay.activities.notification.MessageOutcome.Became;
import dev.mainstay.activities.notification.gateway.NotReachedException;
import dev.mainstay.activities.notification.letter.Letter;
import dev.mainstay.activities.notification.letter.Letter.Broken;
import dev.mainstay.activities.notification.letter.Letter.Unsendable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Letters on their way to a gateway, several at once. */
final class Carrying implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Carrying.class);

  /** As many as a gateway answers side by side without a queue of ours before it. */
  private static final int AT_ONCE = 16;

  private final Carrier carrier;
  private final ExecutorService carriers =
      Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().name("carrier-", 0).factory());
  private final BlockingQueue<MessageOutcome> back = new LinkedBlockingQueue<>();
  private int underWay;
  private boolean stopped;

  Carrying(Carrier carrier) {
    this.carrier = carrier;
  }

  void begin(UUID messageId, Letter letter, @Nullable Instant lostSince) {
    underWay++;
    carriers.execute(() -> back.add(carry(messageId, letter, lostSince)));
  }

  boolean isUnderWay() {
    return underWay > 0 && !stopped;
  }

  /** Those that have come back when this time is over, or all that were still under way. */
  List<MessageOutcome> comeBackWithin(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    var outcomes = new ArrayList<MessageOutcome>();
    try {
      while (underWay > 0) {
        MessageOutcome next = back.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (next == null) {
          break;
        }
        outcomes.add(next);
        underWay--;
      }
    } catch (InterruptedException _) {
      // What has come back can still be recorded: the thread is told in requireAllBack.
      stopped = true;
    }
    return outcomes;
  }

  /**
   * Tells the thread that it was interrupted.
   *
   * @throws IllegalStateException if the host stopped while some were still under way
   */
  void requireAllBack() {
    if (stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped with %d messages under way".formatted(underWay));
    }
  }

  private MessageOutcome carry(UUID messageId, Letter letter, @Nullable Instant lostSince) {
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

  @Override
  public void close() {
    carriers.shutdownNow();
  }
}
