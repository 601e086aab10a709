package dev.mainstay.benchmark.purchase;

import dev.mainstay.benchmark.Meter;
import java.time.Duration;

/**
 * One measured run.
 *
 * @param engine what was measured
 * @param took from the first payment to the last commit
 * @param events of one run's history
 * @param acknowledgedP99Micros from when a payment was due to its 202; 0 where nothing is
 *     acknowledged
 * @param spent by the whole machine, the load's sender included
 */
record Round(
    String engine,
    int purchases,
    Duration took,
    int events,
    long acknowledgedP50Micros,
    long acknowledgedP99Micros,
    Meter spent) {

  double perSecond() {
    return purchases * 1e9 / took.toNanos();
  }

  double millisEach(Duration cpu) {
    return cpu.toNanos() / 1e6 / purchases;
  }

  double commitsEach() {
    return (double) spent.commits() / purchases;
  }
}
