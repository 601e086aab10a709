package dev.mainstay.benchmark.purchase;

import dev.mainstay.benchmark.Machine;
import java.util.List;

/** All rounds of a run, and whether they count. */
record Rounds(Machine machine, List<Round> rounds) {

  /** More of the machine than this in others' hands, and a figure says little. */
  private static final double NOISY = 0.05;

  static double medianPerSecond(List<Round> rounds, String engine) {
    double[] sorted =
        rounds.stream()
            .filter(round -> round.engine().equals(engine))
            .mapToDouble(Round::perSecond)
            .sorted()
            .toArray();
    return sorted[sorted.length / 2];
  }

  String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%n%-34s %8s %8s %9s %9s %9s %8s %7s %9s %9s%n"
            .formatted(
                "engine",
                "n",
                "per s",
                "mainstay",
                "temporal",
                "postgres",
                "commits",
                "events",
                "ack p50",
                "ack p99"));
    text.append(
        "%-34s %8s %8s %9s %9s %9s %8s %7s %9s %9s%n"
            .formatted("", "", "", "CPU ms", "CPU ms", "CPU ms", "each", "", "ms", "ms"));
    for (Round round : rounds) {
      text.append(
          "%-34s %8d %8.0f %9.2f %9.2f %9.2f %8.2f %7d %9.1f %9.1f%s%n"
              .formatted(
                  round.engine(),
                  round.purchases(),
                  round.perSecond(),
                  round.millisEach(round.spent().mainstay()),
                  round.millisEach(round.spent().temporal()),
                  round.millisEach(round.spent().postgres()),
                  round.commitsEach(),
                  round.events(),
                  round.acknowledgedP50Micros() / 1000.0,
                  round.acknowledgedP99Micros() / 1000.0,
                  round.spent().stolenShare() > NOISY ? "  noisy: does not count" : ""));
    }
    text.append(
        "%nOne by one is %.1f times the plain port (medians).%n"
            .formatted(
                medianPerSecond(rounds, PurchaseBench.ONE_BY_ONE)
                    / medianPerSecond(rounds, PurchaseBench.PLAIN)));
    text.append(
        "CPU is of whole processes; mainstay's holds the sender of the load. %d processors, %s, %s, Java %s.%n"
            .formatted(
                machine.processors(), machine.processor(), machine.system(), machine.java()));
    return text.toString();
  }
}
