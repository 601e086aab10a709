package dev.mainstay.benchmark.purchase.peers;

import dev.mainstay.benchmark.Machine;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Engines that ran in turn, those on Temporal on one and the same server.
 *
 * @param command what was typed
 * @param postgres its version
 */
record PeerTable(
    TemporalStore temporal,
    String command,
    LocalDate date,
    Machine machine,
    String postgres,
    List<PeerRound> rounds) {

  /** Each engine's line, in the order in which they ran first. */
  List<PeerStanding> standings() {
    Map<String, List<PeerRound>> byEngine =
        rounds.stream()
            .collect(
                Collectors.groupingBy(PeerRound::engine, LinkedHashMap::new, Collectors.toList()));
    return byEngine.values().stream().map(PeerStanding::of).toList();
  }

  /** Whether the machine was ours most of the time, for what all others are held against. */
  boolean counts() {
    return line(PlainTransactions.NAME).counts() && line(MainstayEngine.FLOOD).counts();
  }

  /** In Markdown, which can be read as it is. */
  String text() {
    return """
    ## With %s

    `%s` on %s: %d processors, %s, %s; Java %s, PostgreSQL %s.

    %s\
    """
        .formatted(
            temporal.server(),
            command,
            date,
            machine.processors(),
            machine.processor(),
            machine.system(),
            machine.java(),
            postgres,
            lines());
  }

  private String lines() {
    double plain = line(PlainTransactions.NAME).perSecond();
    double flood = line(MainstayEngine.FLOOD).perSecond();
    var text = new StringBuilder();
    text.append(
        "%-40s | %6s | %10s | %13s | %8s | %8s | %8s | %8s | %8s | %7s | %6s | %6s |%n"
            .formatted(
                "| engine",
                "n",
                "per second",
                "spread",
                "vs plain",
                "vs flood",
                "CPU, JVM",
                "Temporal",
                "Postgres",
                "commits",
                "events",
                "rounds"));
    text.append("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    for (PeerStanding line : standings()) {
      text.append(
          "| %-38s | %6d | %10.0f | %13s | %8.2f | %7.1fx | %8.2f | %8.2f | %8.2f | %7.2f | %6s | %6s |%n"
              .formatted(
                  line.engine() + (line.counts() ? "" : " *"),
                  line.purchases(),
                  line.perSecond(),
                  "%.0f–%.0f".formatted(line.slowest(), line.fastest()),
                  line.perSecond() / plain,
                  flood / line.perSecond(),
                  line.mainstay(),
                  line.temporal(),
                  line.postgres(),
                  line.commits(),
                  line.events() == 0 ? "" : String.valueOf(line.events()),
                  line.counted() + "/" + line.rounds()));
    }
    return text.toString();
  }

  private PeerStanding line(String engine) {
    return standings().stream()
        .filter(line -> line.engine().equals(engine))
        .findFirst()
        .orElseThrow();
  }
}
