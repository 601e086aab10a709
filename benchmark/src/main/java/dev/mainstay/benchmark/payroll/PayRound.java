package dev.mainstay.benchmark.payroll;

import dev.mainstay.benchmark.Meter;
import java.time.Duration;

/**
 * One measured payment of a run.
 *
 * @param limit transfers a second, as configured for all hosts together
 * @param perSecond transfers a second that Stripe's simulator accepted, without the first second,
 *     which spends the saved-up tokens
 * @param took from the run's request to its end, receipts written
 * @param spent by the whole machine meanwhile
 */
record PayRound(int payouts, int limit, double perSecond, Duration took, Meter spent) {

  double shareOfLimit() {
    return perSecond / limit;
  }

  double millisEach(Duration cpu) {
    return cpu.toNanos() / 1e6 / payouts;
  }
}
