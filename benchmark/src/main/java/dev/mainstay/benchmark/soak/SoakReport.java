package dev.mainstay.benchmark.soak;

import dev.mainstay.benchmark.Machine;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a soak, for people and as the page in the documentation.
 *
 * @param command what was typed
 * @param rate payments a second
 * @param took while payments were sent
 * @param ownShare of the machine, 0 to 1; empty where a server was started again
 * @param othersShare of the machine, 0 to 1; empty where a server was started again
 * @param refused how often each answer came that was no acknowledgement; the event was sent again
 * @param violations the invariant checker's answer
 * @param verdicts none where it was too short
 */
record SoakReport(
    Machine machine,
    String postgres,
    LocalDate date,
    String command,
    double rate,
    Duration took,
    Optional<Double> ownShare,
    Optional<Double> othersShare,
    Outcome purchases,
    Outcome refunds,
    Map<String, Integer> refused,
    List<String> violations,
    List<Verdict> verdicts,
    List<Sample> samples) {

  /** How long it takes until something may be called flat. */
  static final Duration LONG_ENOUGH = Duration.ofMinutes(30);

  /**
   * What became of what was sent.
   *
   * @param lost never acknowledged, and given up
   * @param open payments that were acknowledged, and whose effect never came
   */
  record Outcome(long acknowledged, long lost, List<String> open) {

    boolean isGood() {
      return lost == 0 && open.isEmpty();
    }
  }

  /** Whether nothing grows, nothing is missing and nothing is violated. */
  boolean isGood() {
    return verdicts.stream().noneMatch(Verdict::grows)
        && purchases.isGood()
        && refunds.isGood()
        && violations.isEmpty();
  }

  boolean isLongEnough() {
    return took.compareTo(LONG_ENOUGH) >= 0;
  }

  /** What it all comes to. */
  String summary() {
    var text = new StringBuilder();
    text.append(
        "%,d payments and %,d refunds acknowledged in %d min %02d s; never acknowledged: %,d.%n"
            .formatted(
                purchases.acknowledged,
                refunds.acknowledged,
                took.toMinutes(),
                took.toSecondsPart(),
                purchases.lost + refunds.lost));
    refused.forEach((answer, times) ->
        text.append("Sent again %,d times after %s.%n".formatted(times, answer)));
    text.append(
        "Acknowledged and not complete: %,d payments, %,d refunds. invariant_violation: %s.%n"
            .formatted(
                purchases.open.size(),
                refunds.open.size(),
                violations.isEmpty() ? "empty" : String.join("; ", violations)));
    List<String> growing =
        verdicts.stream().filter(Verdict::grows).map(verdict -> verdict.measure().name()).toList();
    text.append(
        growing.isEmpty()
            ? "%d measures, all flat.%n".formatted(verdicts.size())
            : "%d measures, growing: %s.%n".formatted(verdicts.size(), String.join("; ", growing)));
    text.append(
        "The product, its servers, the simulators and the sender had %s of the machine, others %s.%n"
            .formatted(percent(ownShare), percent(othersShare)));
    return text.toString();
  }

  private static String percent(Optional<Double> share) {
    return share.map(known -> "%.0f %%".formatted(100 * known)).orElse("an unknown share");
  }

  /** A table in Markdown, which can be read as it is. */
  String table() {
    var text = new StringBuilder();
    text.append(
        "%-40s | %-16s | %13s | %12s | %11s | %s%n"
            .formatted("| measure", "unit", "first quarter", "last quarter", "may grow by", "|"));
    text.append("|---|---|--:|--:|--:|---|\n");
    for (Verdict verdict : verdicts) {
      Measure measure = verdict.measure();
      text.append(
          "| %-38s | %-16s | %13s | %12s | %11s | %s |%n"
              .formatted(
                  measure.name(),
                  measure.unit(),
                  number(verdict.first()),
                  number(verdict.last()),
                  measure.tolerance().text(),
                  verdict.grows() ? "**grows**" : "flat"));
    }
    return text.toString();
  }

  /** {@code docs/soak.md}. */
  String page() {
    return """
    # Soak

    Written by `%s` on %s. Do not edit: run it again.

    The whole product under a steady load: %s signed payments a second over HTTP, and the full refund of every tenth a minute later; students
    and trainers are told. What leaks in it grows here.

    %s
    %s
    - Machine: %d processors, %s, %s; Java %s, PostgreSQL %s, Temporal's development server on a file.
    - Sampled every 15 seconds. *first quarter*, *last quarter*: medians of the samples, after a first tenth that does not count.
    - Demo data with each trainer twice: there have to be places for all purchases.
    - *may grow by*: a share of the first or an amount, whichever is more; argued in the Javadoc of `Tolerance`.
    - *JVM*: the sandbox's, with both applications, the simulators and the sender of the load.
    - *heap*: after a collection that is forced for each sample, without the simulators' ledgers. What was under way then is counted, and not timed.
    - *resident memory* of the JVM: between forced collections too, so less than without them.
    - *bytes a purchase*: on disk, of tables that have to grow. *dead rows*: in percent of those at which autovacuum comes.
    - *acknowledged*, *complete*: from when an event was due to its 202, and to the commit of its effect, in the 15 seconds before each sample.

    ## How to run it

    `./mainstay bench soak` on a machine that does nothing else. It starts servers of its own on an empty database, and exits with 1 where
    something grows, is not complete or is violated. This page is written by runs of 30 minutes and more; `benchmark/results/soak.json` has
    every sample in any case. Ctrl-C ends it early, and it still reports.
    """
        .formatted(
            command,
            date,
            number(rate),
            summary(),
            table(),
            machine.processors(),
            machine.processor(),
            machine.system(),
            machine.java(),
            postgres);
  }

  private static String number(double value) {
    if (value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, value < 100 ? "%,.1f" : "%,.0f", value);
  }
}
