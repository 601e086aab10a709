package dev.mainstay.worker.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules and the dashboard query only documented, and so existing, metrics. */
class ObservabilityFilesTest {

  private static final Path FOLDER = Path.of("..", "deploy", "observability");

  // The labels' values and the durations of an expression name no metric.
  private static final Pattern NO_METRIC = Pattern.compile("\\{[^}]*}|\\[[^]]*]|by \\([^)]*\\)");
  private static final Pattern METRIC = Pattern.compile("[a-z]+(_[a-z]+)+");
  private static final Set<String> FUNCTIONS = Set.of("histogram_quantile");

  @Test
  void everyMetricOfTheAlertRulesIsDocumented() throws IOException {
    String rules = Files.readString(FOLDER.resolve("alerts.yaml"));
    Set<String> asked =
        metrics(Pattern.compile("expr: (\\|\\n(?:          +.*\\n)+|.*)").matcher(rules).results());

    assertThat(asked).hasSizeGreaterThan(7);
    assertThat(documented()).containsAll(asked);
  }

  @Test
  void everyMetricOfTheDashboardIsDocumented() throws IOException {
    JsonNode dashboard = JsonMapper.shared().readTree(FOLDER.resolve("dashboard.json").toFile());
    Set<String> asked = new TreeSet<>();
    for (JsonNode expression : dashboard.findValues("expr")) {
      asked.addAll(metrics(Pattern.compile("(.*)").matcher(expression.asString()).results()));
    }

    assertThat(asked).hasSizeGreaterThan(12);
    assertThat(documented()).containsAll(asked);
  }

  @Test
  void everyMetricOfTheProductIsOnTheDashboard() throws IOException {
    String dashboard = Files.readString(FOLDER.resolve("dashboard.json"));

    assertThat(DocumentedMetric.of(""))
        .extracting(DocumentedMetric::name)
        .filteredOn(name -> name.startsWith("mainstay_"))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(dashboard).contains(name));
  }

  private static Set<String> metrics(Stream<MatchResult> expressions) {
    return expressions
        .map(expression -> NO_METRIC.matcher(expression.group(1)).replaceAll(" "))
        .flatMap(expression -> METRIC.matcher(expression).results())
        .map(MatchResult::group)
        .filter(name -> !FUNCTIONS.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** As they are scraped: a timer is several. */
  private static Set<String> documented() throws IOException {
    return DocumentedMetric.of("").stream()
        .flatMap(metric ->
            metric.isSeveral()
                ? Stream.of("", "_bucket", "_count", "_sum", "_max").map(s -> metric.name() + s)
                : Stream.of(metric.name()))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
