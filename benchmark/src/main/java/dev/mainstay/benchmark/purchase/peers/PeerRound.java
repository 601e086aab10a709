package dev.mainstay.benchmark.purchase.peers;

import dev.mainstay.benchmark.Meter;
import java.time.Duration;

/**
 * One engine, measured once.
 *
 * @param took from the first payment to the last active purchase
 * @param events of one run's history; 0 without histories
 * @param spent by the whole machine
 */
record PeerRound(String engine, int purchases, Duration took, int events, Meter spent) {

  /** More of the machine than this in others' hands, and a figure says little. */
  private static final double BUSY = 0.1;

  double perSecond() {
    return purchases * 1e9 / took.toNanos();
  }

  double millisEach(Duration cpu) {
    return cpu.toNanos() / 1e6 / purchases;
  }

  double commitsEach() {
    return (double) spent.commits() / purchases;
  }

  /** Whether the machine was ours. */
  boolean counts() {
    return spent.othersShare() <= BUSY;
  }
}
