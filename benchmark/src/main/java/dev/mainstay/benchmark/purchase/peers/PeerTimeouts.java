package dev.mainstay.benchmark.purchase.peers;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How long an engine is waited for that does not come on. */
final class PeerTimeouts {

  static final Duration STALLED_AFTER = Duration.ofSeconds(60);

  private PeerTimeouts() {}

  /**
   * Waits as long as a step is done within a minute: some engines first do one step of all
   * purchases, then the next.
   */
  static void await(CountDownLatch steps) throws InterruptedException {
    long before = Long.MAX_VALUE;
    while (!steps.await(STALLED_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
      if (steps.getCount() == before) {
        throw new IllegalStateException(before + " steps of purchases are not done");
      }
      before = steps.getCount();
    }
  }
}
