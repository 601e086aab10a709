package dev.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.testing.TestApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z_]+)` \\| ([a-z]+) \\| ([^|]*) \\| ([^|]*) \\|.*");

  private final TestApi api = TestApi.shared();

  @Test
  void everyMetricOfTheApiThatIsDocumentedIsThere() throws IOException {
    api.stripe("{\"type\":\"customer.created\"}").expect(200);
    api.starter("POST", "/api/v1/purchases")
        .body(
            "{'provider':'stripe','providerPaymentId':'pi_metrics','studentId':'%s','courseId':'%s','amountMinor':1,'currency':'EUR'}"
                .formatted(api.newStudent(), api.newCourse()))
        .send()
        .expect(202);
    List<MatchResult> documented;
    try (Stream<String> lines = Files.lines(Path.of("..", "docs", "operations.md"))) {
      documented =
          lines
              .map(ROW::matcher)
              .filter(row -> row.matches() && row.group(4).contains("API"))
              .map(row -> row.toMatchResult())
              .toList();
    }

    String scraped = api.management("/actuator/prometheus");

    assertThat(documented).hasSizeGreaterThan(4).allSatisfy(row -> assertScraped(row, scraped));
    assertThat(scraped)
        .contains(
            "mainstay_webhook_events_total{result=\"ignored\",type=\"other\"}",
            "http_server_requests_seconds_bucket{");
  }

  private static void assertScraped(MatchResult row, String scraped) {
    String name = row.group(2).equals("timer") ? row.group(1) + "_count" : row.group(1);
    assertThat(scraped.lines().filter(line -> line.matches(name + "[{ ].*")))
        .as(name)
        .isNotEmpty()
        .allSatisfy(line -> {
          for (String label : row.group(3).replaceAll("[` ]", "").split(",", -1)) {
            assertThat(line).contains(label + "=\"");
          }
        });
  }
}
