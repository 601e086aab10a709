package dev.mainstay.worker.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A row of the table of metrics in docs/operations.md. */
record DocumentedMetric(String name, String kind, List<String> labels) {

  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z_]+)` \\| ([a-z]+) \\| ([^|]*) \\| ([^|]*) \\|.*");

  /** Those of an application; all of them for an empty name. */
  static List<DocumentedMetric> of(String application) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("..", "docs", "operations.md"))) {
      return lines
          .map(ROW::matcher)
          .filter(row -> row.matches() && row.group(4).contains(application))
          .map(row ->
              new DocumentedMetric(
                  row.group(1),
                  row.group(2),
                  Stream.of(row.group(3).replace("`", "").split(", ", -1))
                      .filter(label -> !label.isEmpty())
                      .toList()))
          .toList();
    }
  }

  /** Whether it is scraped as a count, a sum and buckets. */
  boolean isSeveral() {
    return kind.equals("timer") || kind.equals("distribution");
  }

  void assertIn(String scraped) {
    String suffix = isSeveral() ? "_count" : "";
    assertThat(scraped.lines().filter(line -> line.matches(name + suffix + "[{ ].*")))
        .as("%s", this)
        .isNotEmpty()
        .allSatisfy(line -> {
          for (String label : labels) {
            assertThat(line).contains(label + "=\"");
          }
        });
  }
}
