package dev.mainstay.benchmark.purchase.peers;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * An engine's rounds in one line: medians of those that count, of all where none does.
 *
 * @param slowest purchases a second in the slowest round
 * @param fastest purchases a second in the fastest round
 * @param mainstay CPU milliseconds a purchase of this JVM
 * @param temporal CPU milliseconds a purchase of the Temporal server
 * @param postgres CPU milliseconds a purchase of PostgreSQL
 * @param commits transactions a purchase that wrote in PostgreSQL, the engine's own among them
 * @param counted rounds in which the machine was ours
 */
record PeerStanding(
    String engine,
    int purchases,
    double perSecond,
    double slowest,
    double fastest,
    double mainstay,
    double temporal,
    double postgres,
    double commits,
    int events,
    int counted,
    int rounds) {

  static PeerStanding of(List<PeerRound> all) {
    List<PeerRound> quiet = all.stream().filter(PeerRound::counts).toList();
    List<PeerRound> rounds = quiet.isEmpty() ? all : quiet;
    PeerRound one = all.getFirst();
    return new PeerStanding(
        one.engine(),
        one.purchases(),
        median(rounds, PeerRound::perSecond),
        rounds.stream().mapToDouble(PeerRound::perSecond).min().orElseThrow(),
        rounds.stream().mapToDouble(PeerRound::perSecond).max().orElseThrow(),
        median(rounds, cpu(round -> round.spent().mainstay())),
        median(rounds, cpu(round -> round.spent().temporal())),
        median(rounds, cpu(round -> round.spent().postgres())),
        median(rounds, PeerRound::commitsEach),
        one.events(),
        quiet.size(),
        all.size());
  }

  double cpu() {
    return mainstay + temporal + postgres;
  }

  /** Whether the machine was ours most of the time. */
  boolean counts() {
    return 2 * counted > rounds;
  }

  private static ToDoubleFunction<PeerRound> cpu(Function<PeerRound, Duration> of) {
    return round -> round.millisEach(of.apply(round));
  }

  private static double median(List<PeerRound> rounds, ToDoubleFunction<PeerRound> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
