package dev.mainstay.worker.observation;

import static dev.mainstay.db.generated.Tables.CUSTOMER;
import static dev.mainstay.db.generated.Tables.EVENT;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.PURCHASE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mainstay.db.testing.TestCourse;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestRequest;
import dev.mainstay.db.testing.TestStudent;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.worker.WorkerHostApplication;
import io.temporal.api.common.v1.Payload;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.DefaultDataConverter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A host as in production, on a Temporal server for tests, carries a purchase to its end; its
 * configured Redis does not exist. It takes long because it starts a whole host, and waits until
 * Temporal's SDK reports its metrics.
 */
class ObservedPurchaseTest {

  private static final Duration SECONDS = Duration.ofSeconds(30);
  private static final Path LOG = Path.of("target", "observed-purchase.json");
  private static final List<String> PERSONAL =
      List.of("Zelda Planted", "zelda.planted@example.com", "+49301234567");

  static TestDatabase database;
  static TestTemporal temporal;
  static ConfigurableApplicationContext host;
  static UUID purchase;
  static UUID[] together;

  @BeforeAll
  static void carryPurchases() throws IOException {
    Files.deleteIfExists(LOG);
    database = TestDatabase.create();
    temporal = new TestTemporal();
    UUID course = TestCourse.ofSessions(10).in(database);
    // one for each purchase, which all want the same hour
    for (int i = 0; i < 3; i++) {
      TestTrainer.teaching(course).in(database);
    }
    // Accepted while no host is running, so that one claim takes both.
    together = new UUID[] {request(course), request(course)};
    host =
        new SpringApplication(WorkerHostApplication.class)
            .run(
                "--DATABASE_URL=" + database.url("mainstay_app"),
                "--TEMPORAL_ADDRESS=" + temporal.address(),
                "--server.port=0",
                // nobody listens there
                "--mainstay.redis.url=redis://127.0.0.1:1",
                "--logging.file.name=" + LOG,
                "--logging.structured.format.file=ecs");
    awaitActive(together);
    purchase = request(course);
    awaitActive(purchase);
  }

  @AfterAll
  static void close() {
    host.close();
    temporal.close();
    database.close();
  }

  @Test
  void theRunAndItsStepsCarryTheCorrelationIdOfTheirPurchase() {
    String id = "correlation-" + purchase;

    assertThat(headerOf(runOf(purchase))).isEqualTo(id);
    assertThat(
            database
                .dsl()
                .selectDistinct(EVENT.CORRELATION_ID)
                .from(EVENT)
                .where(EVENT.SUBJECT_ID.eq(purchase))
                .fetch(EVENT.CORRELATION_ID))
        .containsExactly(id);
    await()
        .atMost(SECONDS)
        .untilAsserted(() ->
            assertThat(lines())
                .anySatisfy(line -> {
                  assertThat(line.path("correlationId").asString()).isEqualTo(id);
                  assertThat(line.path("activity").asString()).isEqualTo("invalidateCaches");
                  assertThat(line.path("attempt").asString()).isNotEmpty();
                  assertThat(line.path("workflowId").asString()).isEqualTo(runOf(purchase));
                  assertThat(line.path("runId").asString()).isNotEmpty();
                }));
  }

  @Test
  void aRunOfSeveralIsFollowedByItsClaimAndItsStartNamesTheirIds() {
    String run = runOf(together[0]);
    assertThat(runOf(together[1])).isEqualTo(run);

    assertThat("purchase-batch/" + headerOf(run)).isEqualTo(run);
    assertThat(lines())
        .anySatisfy(line ->
            assertThat(line.path("message").asString())
                .contains("Started " + run)
                .contains("correlation-" + together[0], "correlation-" + together[1]));
  }

  @Test
  void eachLineIsOneJsonObjectThatSaysWhoWroteIt() {
    assertThat(lines())
        .isNotEmpty()
        .allSatisfy(line -> {
          assertThat(line.path("@timestamp").asString()).endsWith("Z");
          assertThat(line.at("/log/level").asString()).isNotEmpty();
          assertThat(line.path("message").asString()).isNotEmpty();
          assertThat(line.path("worker").asString())
              .isEqualTo(ManagementFactory.getRuntimeMXBean().getName());
          assertThat(line.at("/service/name").asString()).isEqualTo("mainstay-worker-host");
        });
  }

  @Test
  void nothingPersonalIsInTheLogsOrTheHistory() throws IOException {
    String history =
        host.getBean(WorkflowClient.class).fetchHistory(runOf(purchase)).getEvents().toString();
    assertThat(history).contains(purchase.toString());
    assertThat(history + Files.readString(LOG)).doesNotContain(PERSONAL);
  }

  @Test
  void everyMetricOfTheWorkerHostThatIsDocumentedIsThere() throws IOException {
    List<DocumentedMetric> documented =
        DocumentedMetric.of("worker host").stream()
            // A purchase pays nobody: see PayoutStepsTest
            .filter(metric -> !metric.name().equals("mainstay_payout_minor_total"))
            .toList();
    assertThat(documented).hasSizeGreaterThan(10);

    sweepRan();

    // Temporal's SDK reports its counts from time to time; messages start a little later.
    await()
        .atMost(SECONDS)
        .untilAsserted(() -> {
          host.getBean(DatabaseGauges.class).read();
          String scraped = scrape();
          assertThat(scraped)
              .contains("mainstay_intake_waiting{kind=\"purchase\"} 0.0")
              .containsPattern("mainstay_purchases_total\\{[^}]*outcome=\"active\"[^}]*} 3.0")
              .containsPattern("mainstay_caches_failed_total\\{[^}]*} [12].0")
              .contains("mainstay_claim_size_sum{kind=\"purchase\"} 3.0")
              .contains("mainstay_claim_size_count{kind=\"purchase\"} 2")
              .contains("mainstay_claim_wait_seconds_count{kind=\"purchase\"} 3")
              .contains("mainstay_hosts{state=\"running\"} 1.0")
              .contains("mainstay_attention_open{process=\"purchase\"} 0.0")
              .containsPattern(
                  "mainstay_schedule_lag_seconds\\{schedule=\"example\"} 1[0-9]{2}\\.");
          assertThat(documented).allSatisfy(metric -> metric.assertIn(scraped));
        });
  }

  private static void sweepRan() {
    database
        .dsl()
        .execute(
            """
            with p as (insert into process values ('example', true, '{}') on conflict do nothing),
            s as (
              insert into schedule values ('example', 'example', 'sweep/example', 'daily', 'UTC', 3600, 60, '')
              on conflict do nothing)
            insert into sweep_run (sweep, workflow_id, run_id, nominal_at, ended_at, status)
            values ('example', 'sweep/example', 'r1', now() - interval '100 s', now(), 'completed'),
                   ('example', 'sweep/example', 'r2', now() - interval '50 s', null, 'running')
            """);
  }

  private static UUID request(UUID course) {
    UUID student = TestStudent.living("Europe/Berlin").in(database);
    database
        .dsl()
        .update(CUSTOMER)
        .set(CUSTOMER.NAME, PERSONAL.get(0))
        .set(CUSTOMER.EMAIL, PERSONAL.get(1))
        .set(CUSTOMER.PHONE, PERSONAL.get(2))
        .where(CUSTOMER.ID.eq(student))
        .execute();
    return TestRequest.of(student, course).in(database);
  }

  private static void awaitActive(UUID... purchases) {
    await()
        .atMost(SECONDS)
        .until(() ->
            database
                    .dsl()
                    .fetchCount(PURCHASE, PURCHASE.ID.in(purchases), PURCHASE.STATUS.eq("active"))
                == purchases.length);
  }

  private static String runOf(UUID id) {
    return "purchase-batch/"
        + database
            .dsl()
            .select(INTAKE.CLAIM_ID)
            .from(INTAKE)
            .where(INTAKE.BUSINESS_ID.eq(id))
            .fetchSingle()
            .value1();
  }

  private static String headerOf(String workflowId) {
    Payload id =
        host.getBean(WorkflowClient.class)
            .fetchHistory(workflowId)
            .getEvents()
            .getFirst()
            .getWorkflowExecutionStartedEventAttributes()
            .getHeader()
            .getFieldsOrThrow("correlationId");
    return DefaultDataConverter.STANDARD_INSTANCE.fromPayload(id, String.class, String.class);
  }

  private static List<JsonNode> lines() {
    try (Stream<String> lines = Files.lines(LOG)) {
      return lines.map(JsonMapper.shared()::readTree).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String scrape() {
    String port = requireNonNull(host.getEnvironment().getProperty("local.server.port"));
    URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/prometheus");
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
