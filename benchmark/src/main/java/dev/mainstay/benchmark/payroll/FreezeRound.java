package dev.mainstay.benchmark.payroll;

import dev.mainstay.benchmark.Meter;
import java.time.Duration;

/**
 * One measured freeze.
 *
 * @param freeze from the request over REST to the status {@code frozen}
 * @param settle the one statement that computes the same sums and settles the same earnings
 * @param sums the one statement that only computes them
 * @param peakHeapBytes the most that the JVM, both applications inside, held after a collection
 * @param spent by the whole machine during the freeze
 */
record FreezeRound(
    int vendors,
    int earnings,
    Duration freeze,
    Duration settle,
    Duration sums,
    long peakHeapBytes,
    Meter spent) {

  /** How many times as long as a reference it took. */
  double times(Duration reference) {
    return (double) freeze.toNanos() / reference.toNanos();
  }

  double microsEach() {
    return freeze.toNanos() / 1e3 / earnings;
  }
}
