package dev.mainstay.benchmark.purchase.peers;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How long an engine is waited for that does not come on. */
final class Patience {

  static final Duration STALLED_AFTER = Duration.ofSeconds(60);

  private Patience() {}

  /** Waits as long as something is done within a minute. */
  static void await(CountDownLatch open) throws InterruptedException {
    long before = Long.MAX_VALUE;
    while (!open.await(STALLED_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
      if (open.getCount() == before) {
        throw new IllegalStateException(before + " purchases do not become active");
      }
      before = open.getCount();
    }
  }
}
