package dev.mainstay.db;

import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids that are made before their row is: UUID v7 (RFC 9562), as the database's own {@code new_id()}
 * makes them. Hand-written because Java 25 has no factory for them.
 */
public final class TimeOrderedId {

  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private TimeOrderedId() {}

  /** A new id; ids of different milliseconds rise with time. */
  public static UUID next(InstantSource clock) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(
        clock.millis() << 16 | VERSION | random.nextLong(1 << 12),
        VARIANT | random.nextLong() >>> 2);
  }
}
