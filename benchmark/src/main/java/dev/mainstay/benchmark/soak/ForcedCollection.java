package dev.mainstay.benchmark.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;

/**
 * The heap of this JVM after a collection that is forced for it. The collector would collect the
 * old generation when it likes, at half load perhaps once in half an hour, and what the last one
 * left says nothing of now. A forced one stops the product for up to half a second: what was under
 * way then is counted but not timed.
 */
final class ForcedCollection implements Probe {

  private static final Measure HEAP =
      new Measure("JVM, heap after a collection", "MB", Tolerance.HEAP);

  private static final double MEGABYTE = 1 << 20;

  /** The time in which the work that waited meanwhile is done. */
  private static final Duration SETTLES_WITHIN = Duration.ofSeconds(1);

  private record Interval(Instant from, Instant to) {}

  private volatile Interval last = new Interval(Instant.MIN, Instant.MIN);

  private final Ledgers ledgers;

  /**
   * Of this JVM.
   *
   * @param ledgers which do not count
   */
  ForcedCollection(Ledgers ledgers) {
    this.ledgers = ledgers;
  }

  @Override
  public void read(Sample into) throws IOException, InterruptedException {
    long notOurs = ledgers.bytes();
    Instant from = Instant.now();
    last = new Interval(from, Instant.MAX);
    System.gc();
    long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    into.put(HEAP, (used - notOurs) / MEGABYTE);
    last = new Interval(from, Instant.now().plus(SETTLES_WITHIN));
  }

  /** Whether something from one time to another met the last one. */
  boolean met(Instant due, Instant done) {
    Interval met = last;
    return done.isAfter(met.from) && due.isBefore(met.to);
  }
}
