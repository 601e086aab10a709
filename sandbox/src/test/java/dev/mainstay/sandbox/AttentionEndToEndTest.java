package dev.mainstay.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.mainstay.sandbox.InSandbox.Setting;
import dev.mainstay.sandbox.demo.DemoData;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.SignalWorkflowExecutionRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Operators at work on a real Temporal: by plain signals, as its CLI sends them, and by REST. */
@InSandbox(Setting.HOST_INSIDE)
class AttentionEndToEndTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  static Status status;
  static Marketplace marketplace;
  static WorkflowServiceStubs temporal;

  private final HttpClient client = HttpClient.newHttpClient();
  private final UUID course = UUID.randomUUID();
  private final UUID trainer = UUID.randomUUID();
  private final String payment = "pi_" + UUID.randomUUID();
  private final String workflowId = "purchase/stripe/" + payment;

  @BeforeAll
  static void in(SharedSandbox sandbox) {
    status = sandbox.status();
    marketplace = sandbox.marketplace();
    temporal =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(status.temporalAddress()).build());
  }

  @AfterAll
  static void hangUp() {
    temporal.shutdownNow();
  }

  @AfterEach
  void nothingIsViolated() throws Exception {
    marketplace.assertNothingViolated();
  }

  @Test
  void aPlainSignalAssignsATrainerAndTheAuditLogTellsWhoAndWhy() throws Exception {
    putCourse();
    buyOfStripe();
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(
            () -> assertThat(purchase().path("workflowId").asString()).isEqualTo(workflowId));
    // Away for the four weeks that the step itself looks at
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    putTrainer(
        today
            .datesUntil(today.plusDays(40))
            .map(day -> "\"" + day + "\"")
            .collect(Collectors.joining(",")));

    signal(
        "assignTrainer",
        "{\"vendorId\":\"" + UUID.randomUUID() + "\",\"by\":\"ada\",\"reason\":\"a guess\"}");
    awaitAudit("ada assignTrainer a guess refused");
    assertThat(purchase().path("status").asString()).isEqualTo("pending");
    signal(
        "assignTrainer",
        "{\"vendorId\":\"" + trainer + "\",\"by\":\"ada\",\"reason\":\"she agreed\"}");

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(purchase().path("status").asString()).isEqualTo("active"));
    assertThat(purchase().at("/allocation/trainerId").asString()).isEqualTo(trainer.toString());
    awaitAudit("ada assignTrainer she agreed done");
  }

  @Test
  void anItemIsRetriedByRestAfterWhatWasMissingIsThere() throws Exception {
    buyOfStripe();
    JsonNode item =
        await()
            .atMost(SOON)
            .ignoreExceptions()
            .until(() -> purchase().at("/attention/0"), found -> !found.isMissingNode());
    assertThat(item.path("reason").asString()).isEqualTo("unknown-course");
    String actions = "/attention/" + item.path("id").asString();

    assertThat(send("operator", "POST", actions + "/skip", "{\"reason\":\"hurry\"}").statusCode())
        .isEqualTo(409);
    signal("skip", "{\"by\":\"ada\",\"reason\":\"hurry\"}");
    awaitAudit("ada skip hurry refused");
    putCourse();
    putTrainer("");
    HttpResponse<String> retried =
        send("operator", "POST", actions + "/retry", "{\"reason\":\"the course is there now\"}");

    assertThat(retried.statusCode()).as(retried.body()).isEqualTo(200);
    assertThat(JsonMapper.shared().readTree(retried.body()).path("status").asString())
        .isEqualTo("resolved");
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(purchase().path("status").asString()).isEqualTo("active"));
    assertThat(send("operator", "POST", actions + "/retry", "{\"reason\":\"again\"}").statusCode())
        .isEqualTo(409);
    awaitAudit("retry the course is there now done");
  }

  private void putCourse() throws Exception {
    put(
        "/courses/" + course,
        "{\"title\":\"Rare\",\"sessions\":10,\"sessionMinutes\":45,\"priceMinor\":30000,\"currency\":\"USD\"}");
  }

  private void putTrainer(String holidays) throws Exception {
    put(
        "/vendors/" + trainer,
        "{\"name\":\"Ida\",\"email\":\"ida@example.com\",\"locale\":\"en\",\"zone\":\"UTC\",\"cadence\":\"weekly\",\"currency\":\"USD\"}");
    put(
        "/trainers/" + trainer,
        "{\"capacity\":1,\"courseIds\":[\"%s\"],\"holidays\":[%s],\"hours\":[]}"
            .formatted(course, holidays));
  }

  /** Only a webhook may name an unknown course. */
  private void buyOfStripe() throws Exception {
    assertThat(
            marketplace
                .send(
                    marketplace.payment(payment, DemoData.id(DemoData.SEED, "student", 2), course))
                .statusCode())
        .isEqualTo(202);
  }

  private JsonNode purchase() throws Exception {
    return marketplace.get("/purchases?payment=" + payment).at("/items/0");
  }

  private void awaitAudit(String row) {
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(marketplace.get("/audit?subject=" + workflowId).path("items").valueStream())
                .extracting(entry ->
                    String.join(
                        " ",
                        entry.path("by").asString(),
                        entry.path("action").asString(),
                        entry.path("reason").asString(),
                        entry.path("outcome").asString()))
                .anyMatch(entry -> entry.endsWith(row)));
  }

  private void put(String path, String body) throws Exception {
    HttpResponse<String> answer = send("operator", "PUT", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private HttpResponse<String> send(String role, String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(status.api() + "/api/v1" + path))
            .header("Authorization", "Bearer " + requireNonNull(status.keys().get(role)))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** As {@code temporal workflow signal --input} sends it. */
  private void signal(String name, String input) {
    var payload =
        Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
            .setData(ByteString.copyFromUtf8(input));
    var _ =
        temporal
            .blockingStub()
            .signalWorkflowExecution(
                SignalWorkflowExecutionRequest.newBuilder()
                    .setNamespace("default")
                    .setWorkflowExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                    .setSignalName(name)
                    .setInput(Payloads.newBuilder().addPayloads(payload))
                    .build());
  }
}
