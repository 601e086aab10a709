package dev.mainstay.benchmark.purchase.peers;

import dev.mainstay.benchmark.Machine;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What came of a run, for people and as the page in the documentation.
 *
 * @param command what was typed
 */
record PeerReport(
    Machine machine, String postgres, LocalDate date, String command, List<PeerRound> rounds) {

  /** Each engine's line, in the order in which they ran first. */
  List<Standing> standings() {
    Map<String, List<PeerRound>> byEngine =
        rounds.stream()
            .collect(
                Collectors.groupingBy(PeerRound::engine, LinkedHashMap::new, Collectors.toList()));
    return byEngine.values().stream().map(Standing::of).toList();
  }

  /** Whether the machine was ours most of the time, for each engine. */
  boolean counts() {
    return standings().stream().allMatch(Standing::counts);
  }

  /** A table in Markdown, which can be read as it is. */
  String table() {
    double plain = perSecond(PlainTransactions.NAME);
    double flood = perSecond(Mainstay.FLOOD);
    var text = new StringBuilder();
    text.append(
        "%-40s | %6s | %8s | %13s | %8s | %9s | %8s | %8s | %8s | %7s | %6s | %6s |%n"
            .formatted(
                "| engine",
                "n",
                "a second",
                "spread",
                "of plain",
                "the flood",
                "CPU, JVM",
                "Temporal",
                "Postgres",
                "commits",
                "events",
                "rounds"));
    text.append("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    for (Standing line : standings()) {
      text.append(
          "| %-38s | %6d | %8.0f | %13s | %8.2f | %8.1fx | %8.2f | %8.2f | %8.2f | %7.2f | %6s | %6s |%n"
              .formatted(
                  line.engine(),
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

  /** {@code docs/performance.md}. */
  String page() {
    return """
    # Performance

    Written by `%s` on %s. Do not edit: run it again.

    The same purchases (the product's own three steps, seven sessions each), carried by the product, by other durable engines and by plain SQL
    without any, in turn on one machine and one durable PostgreSQL (fsync and synchronous commit on). Each begins with the same students and
    trainers and no purchase, after a checkpoint; after each the database is asked whether every purchase is complete and no invariant violated.

    %s
    - Machine: %d processors, %s, %s; Java %s, PostgreSQL %s, Temporal's development server on a file.
    - *a second*: median of the rounds in which others had at most a tenth of the machine (*rounds*: such / all); *spread*: the slowest and the fastest.
    - *of plain*: against one plain transaction each. *the flood*: how many times as fast the product is in a flood.
    - *CPU*: milliseconds a purchase of whole processes. The engines share the JVM, in which the sandbox's idle applications are too.
    - *commits*: transactions a purchase that wrote in PostgreSQL, the engine's own among them. Temporal's are on its file and not among them.
    - *events*: in the history of one run; a run of the flood carries up to 50 purchases.

    ## How to run it

    `./mainstay bench purchase --peers --purchases 20000 --rounds 3` on a machine that does nothing else. It starts servers of its own, and
    writes this page only if the rounds count; `benchmark/results/purchase-peers.json` has every round in any case.

    ## What the figures do not say

    - Nothing about another machine or a network: everything is on one box, and the load competes with what is measured.
    - JobRunr, db-scheduler and the product accept all payments at once, durably, and then work; DBOS, the plain port and plain SQL are given
      %d at a time, so that the rest waits with the caller, and is lost with it.
    - Payments come from the same process. Over HTTP, with a signature, each costs the product more: `./mainstay bench purchase` shows that.
    - JobRunr looks for work every 5 seconds, the shortest that it takes, which weighs on short runs; db-scheduler locks and fetches in one statement.
    - Nobody is told of a purchase, but in the line that says so; telling goes on after the last purchase is active, and is not measured to its end.
    - Temporal's server is the one for development. A cluster on PostgreSQL was not measured.
    - Nothing about what happens when something fails, which is what the engines are for.
    """
        .formatted(
            command,
            date,
            table(),
            machine.processors(),
            machine.processor(),
            machine.system(),
            machine.java(),
            postgres,
            Stage.AT_ONCE);
  }

  private double perSecond(String engine) {
    return standings().stream()
        .filter(line -> line.engine().equals(engine))
        .findFirst()
        .orElseThrow()
        .perSecond();
  }
}
