package dev.mainstay.benchmark.payroll;

import dev.mainstay.benchmark.Machine;
import dev.mainstay.benchmark.Meter;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * All rounds of a run, and whether they count.
 *
 * @param freezes of each size, in rounds
 * @param limited paid at a limit that the machine can keep
 * @param unlimited paid as fast as the machine can, of each size
 */
record PayrollRounds(
    Machine machine, List<FreezeRound> freezes, List<PayRound> limited, List<PayRound> unlimited) {

  /** More of the machine than this in others' hands, and a figure says little. */
  private static final double NOISY = 0.05;

  private static final double MEGABYTE = 1 << 20;

  String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%n%-8s %9s %9s %10s %9s %9s %9s %8s %9s%n"
            .formatted(
                "freeze",
                "vendors",
                "earnings",
                "seconds",
                "µs each",
                "× settle",
                "× sums",
                "heap MB",
                "commits"));
    for (FreezeRound round : freezes) {
      text.append(
          "%-8s %9d %9d %10.2f %9.1f %9.2f %9.2f %8.0f %9d%s%n"
              .formatted(
                  "",
                  round.vendors(),
                  round.earnings(),
                  seconds(round.freeze()),
                  round.microsEach(),
                  round.times(round.settle()),
                  round.times(round.sums()),
                  round.peakHeapBytes() / MEGABYTE,
                  round.spent().commits(),
                  noise(round.spent())));
    }
    for (int vendors : freezes.stream().map(FreezeRound::vendors).distinct().toList()) {
      text.append(
          "%d vendors: %.2f times the statement that settles, %.2f times the one that only sums (medians)%n"
              .formatted(
                  vendors,
                  median(vendors, round -> round.times(round.settle())),
                  median(vendors, round -> round.times(round.sums()))));
    }
    text.append(
        "%n%-8s %9s %9s %10s %9s %10s %10s %10s%n"
            .formatted(
                "pay",
                "payouts",
                "limit",
                "per s",
                "of limit",
                "mainstay",
                "temporal",
                "postgres"));
    text.append(
        "%-8s %9s %9s %10s %9s %10s %10s %10s%n"
            .formatted("", "", "", "", "", "CPU ms", "CPU ms", "CPU ms"));
    limited.forEach(round -> text.append(line(round)));
    unlimited.forEach(round -> text.append(line(round)));
    text.append(
        "%nCPU is of whole processes; mainstay's holds the simulators, the receipts and their mails. %d processors, %s, %s, Java %s.%n"
            .formatted(
                machine.processors(), machine.processor(), machine.system(), machine.java()));
    return text.toString();
  }

  private static String line(PayRound round) {
    return "%-8s %9d %9d %10.1f %8.1f%% %10.2f %10.2f %10.2f%s%n"
        .formatted(
            "",
            round.payouts(),
            round.limit(),
            round.perSecond(),
            round.shareOfLimit() * 100,
            round.millisEach(round.spent().mainstay()),
            round.millisEach(round.spent().temporal()),
            round.millisEach(round.spent().postgres()),
            noise(round.spent()));
  }

  private double median(int vendors, ToDoubleFunction<FreezeRound> figure) {
    double[] sorted =
        freezes.stream()
            .filter(round -> round.vendors() == vendors)
            .mapToDouble(figure)
            .sorted()
            .toArray();
    return sorted[sorted.length / 2];
  }

  private static String noise(Meter spent) {
    return spent.stolenShare() > NOISY ? "  noisy: does not count" : "";
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
