package dev.mainstay.sandbox.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The result of a load.
 *
 * @param acknowledged microseconds from when an event was due to its 202
 * @param complete microseconds from when an event was due to the commit that made its purchase
 *     complete
 * @param took from the first event to the last commit
 * @param refused the count of each other response; the event was then sent again
 * @param missing the number of payments that did not become complete purchases
 * @param violations the invariant checker's answer
 */
public record LoadReport(
    Histogram acknowledged,
    Histogram complete,
    Duration took,
    Map<String, Integer> refused,
    int missing,
    List<String> violations) {

  /** Whether every event became a complete purchase and nothing is violated. */
  public boolean isGood() {
    return missing == 0 && violations.isEmpty();
  }

  /** For people. */
  public String text() {
    var text = new StringBuilder();
    text.append(
        "%,d purchases complete in %.1f s: %,.0f per second%n%n"
            .formatted(
                complete.getTotalCount(),
                took.toMillis() / 1000.0,
                complete.getTotalCount() * 1000.0 / Math.max(1, took.toMillis())));
    text.append(
        "%-20s %10s %10s %10s %10s%n".formatted("milliseconds", "p50", "p95", "p99", "max"));
    row(text, "acknowledged after", acknowledged);
    row(text, "complete after", complete);
    text.append('\n');
    refused.forEach(
        (answer, times) -> text.append("sent again %,d times after %s%n".formatted(times, answer)));
    if (missing > 0) {
      text.append("%,d payments did not become complete purchases%n".formatted(missing));
    }
    text.append(
        violations.isEmpty()
            ? "invariant_violation is empty\n"
            : "invariant_violation:\n  " + String.join("\n  ", violations) + "\n");
    return text.toString();
  }

  private static void row(StringBuilder text, String name, Histogram micros) {
    text.append(
        "%-20s %10.1f %10.1f %10.1f %10.1f%n"
            .formatted(
                name,
                micros.getValueAtPercentile(50) / 1000.0,
                micros.getValueAtPercentile(95) / 1000.0,
                micros.getValueAtPercentile(99) / 1000.0,
                micros.getMaxValue() / 1000.0));
  }
}
