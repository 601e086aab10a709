package dev.mainstay.benchmark.soak;

import dev.mainstay.benchmark.Machine;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The result of a soak, for people and as the page in the documentation.
 *
 * @param command the command line
 * @param rate payments a second
 * @param took the time during which payments were sent
 * @param ownShare of the machine, 0 to 1; empty where a server was started again
 * @param othersShare of the machine, 0 to 1; empty where a server was started again
 * @param refused the count of each response other than an acknowledgement; the event was sent again
 * @param violations the invariant checker's answer
 * @param verdicts empty if the soak was too short
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
   * The outcome of the events that were sent.
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

  /** The summary of the report. */
  String summary() {
    var text = new StringBuilder();
    text.append(
        "%,d payments and %,d refunds acknowledged in %d min %02d s. Never acknowledged: %,d.%n"
            .formatted(
                purchases.acknowledged,
                refunds.acknowledged,
                took.toMinutes(),
                took.toSecondsPart(),
                purchases.lost + refunds.lost));
    refused.forEach((answer, times) ->
        text.append("Sent again %,d times after %s.%n".formatted(times, answer)));
    text.append(
        "Acknowledged but not complete: %,d payments, %,d refunds. invariant_violation: %s.%n"
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
        "The product, its servers, the simulators and the sender used %s of the machine, others %s.%n"
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

    `%s` wrote this page on %s. Do not edit it. Run the benchmark again.

    The whole product runs under a steady load: %s signed payments per second over HTTP. Every tenth payment is refunded in full a minute later. Students
    and trainers get their messages. Anything that leaks grows here.

    %s
    %s
    - Machine: %d processors, %s, %s; Java %s, PostgreSQL %s, Temporal's development server on a file.
    - The benchmark samples every 15 seconds. *first quarter*, *last quarter*: medians of the samples, without the first tenth.
    - The demo data has each trainer twice, so that there are places for all purchases.
    - *may grow by*: a share of the first quarter or an amount, whichever is larger. The Javadoc of `Tolerance` gives the reasons.
    - *JVM*: the sandbox's JVM with both applications, the simulators and the sender of the load.
    - *heap*: after a collection that each sample forces, without the simulators' ledgers. Work in progress at that moment is counted but not timed.
    - *resident memory* of the JVM: lower than usual because of the forced collections.
    - *bytes a purchase*: on disk, for tables that grow with purchases. *dead rows*: in percent of the number that triggers autovacuum.
    - *acknowledged*, *complete*: the time from when an event was due to its 202, and to the commit of its effect, in the 15 seconds before each sample.

    ## How to run it

    Run `./mainstay bench soak` on a machine that does nothing else. It starts its own servers on an empty database. It exits with 1 if a measure grows, a
    payment or refund is not complete, or an invariant is violated. Only runs of 30 minutes or more write this page. `benchmark/results/soak.json` always
    has every sample. Ctrl-C ends the run early and still prints the report.
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
