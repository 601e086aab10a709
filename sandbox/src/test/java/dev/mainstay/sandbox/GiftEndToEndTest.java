package dev.mainstay.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mainstay.example.workflows.gift.GiftWorkflow;
import dev.mainstay.sandbox.InSandbox.Setting;
import dev.mainstay.sandbox.People.Person;
import dev.mainstay.sandbox.demo.DemoData;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The example's process, which is on the class path and not part of the product. */
@InSandbox(Setting.HOST_INSIDE)
class GiftEndToEndTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  static SharedSandbox sandbox;
  static Marketplace marketplace;
  static String smtp;

  private final Person giver;
  private final Person recipient;

  GiftEndToEndTest() throws Exception {
    People people = new People(marketplace);
    giver = people.customer();
    recipient = people.customer();
  }

  @BeforeAll
  static void in(SharedSandbox shared) {
    sandbox = shared;
    marketplace = shared.marketplace();
    smtp = requireNonNull(shared.status().simulators().get("smtp"));
  }

  @BeforeEach
  @AfterEach
  void mailsAreTaken() throws Exception {
    marketplace.behave(smtp, "{\"reset\": true}");
  }

  @AfterEach
  void nothingIsViolated() throws Exception {
    marketplace.assertNothingViolated();
  }

  @Test
  void aGiftIsDeliveredByMailOnceHoweverOftenItIsRequested() throws Exception {
    String body = body(recipient.id());
    HttpResponse<String> first = marketplace.postOnce("gift-" + giver.id(), "/gifts", body);
    HttpResponse<String> second = marketplace.postOnce("gift-" + giver.id(), "/gifts", body);

    assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
    assertThat(second.body()).isEqualTo(first.body());
    JsonNode gift = awaitStatus(id(first), "delivered");
    assertThat(gift.path("recipientId").asString()).isEqualTo(recipient.id().toString());
    assertThat(mails()).containsExactly("DATA accepted");
  }

  @Test
  void onlyWhoMayGiveGivesAndOnlyWhatIsThere() throws Exception {
    assertThat(marketplace.post("auditor", "/gifts", body(recipient.id())).statusCode())
        .isEqualTo(403);
    assertThat(marketplace.post("starter", "/gifts", body(UUID.randomUUID())).body())
        .contains("urn:mainstay:problem:unknown-reference");
    assertThat(description().at("/paths/~1api~1v1~1gifts/post/summary").asString())
        .isEqualTo("Gives a course away");
  }

  @Test
  void aMailThatIsRefusedWaitsForAnOperatorWhoseRetryDeliversIt() throws Exception {
    refuseMails();
    String gift = give();
    JsonNode item = awaitItem(gift);
    assertThat(item.path("reason").asString()).isEqualTo("gift-undeliverable");
    assertThat(item.path("step").asString()).isEqualTo("deliver-gift");

    marketplace.behave(smtp, "{\"reset\": true}");
    act(item, "retry");

    awaitStatus(gift, "delivered");
    assertThat(mails()).containsExactly("DATA refused", "DATA accepted");
  }

  @Test
  void aGiftThatIsCancelledIsTakenBack() throws Exception {
    refuseMails();
    String gift = give();

    act(awaitItem(gift), "cancel");

    assertThat(gift(gift).path("status").asString()).isEqualTo("cancelled");
    marketplace.behave(smtp, "{\"reset\": true}");
    assertThat(mails()).containsExactly("DATA refused");
  }

  @Test
  void aGiftThatStandsStillIsAViolation() throws Exception {
    UUID stuck = UUID.randomUUID();
    try (var connection = RunningDatabase.address(sandbox.home(), sandbox.status()).connect();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          """
          insert into gift (id, giver_id, recipient_id, course_id, client, status, requested_at)
          values ('%s', '%s', '%s', '%s', 'somebody', 'reserved', now() - interval '61 minutes')\
          """
              .formatted(stuck, giver.id(), recipient.id(), course()));
      assertThat(violations(statement)).containsExactly("gift-unfinished " + stuck);
      connection.rollback();
    }
  }

  private static JsonNode description() throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(sandbox.status().api() + "/openapi.json"));
      return JsonMapper.shared()
          .readTree(client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  private static List<String> violations(Statement statement) throws SQLException {
    var found = new ArrayList<String>();
    try (var rows =
        statement.executeQuery("select rule || ' ' || subject_id from invariant_violation")) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private String give() throws IOException, InterruptedException {
    HttpResponse<String> answer = marketplace.post("starter", "/gifts", body(recipient.id()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return id(answer);
  }

  private String body(UUID to) {
    return "{\"giverId\":\"%s\",\"recipientId\":\"%s\",\"courseId\":\"%s\"}"
        .formatted(giver.id(), to, course());
  }

  private static UUID course() {
    return DemoData.id(DemoData.SEED, "course", 1);
  }

  private static String id(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body()).path("id").asString();
  }

  private void refuseMails() throws IOException, InterruptedException {
    marketplace.behave(smtp, "{\"refuse\": true, \"key\": \"" + recipient.email() + "\"}");
  }

  private List<String> mails() throws IOException, InterruptedException {
    return marketplace.ledger(smtp, recipient.email());
  }

  private static JsonNode gift(String id) throws IOException, InterruptedException {
    return marketplace.get("/gifts/" + id);
  }

  private static JsonNode awaitStatus(String id, String status) {
    return await()
        .atMost(SOON)
        .until(() -> gift(id), gift -> gift.path("status").asString().equals(status));
  }

  private static JsonNode awaitItem(String gift) {
    return await()
        .atMost(SOON)
        .until(
            () ->
                marketplace
                    .get("/attention?process=" + GiftWorkflow.NAME)
                    .path("items")
                    .valueStream()
                    .filter(item -> item.path("businessKey").asString().equals("gift/" + gift))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private static void act(JsonNode item, String action) throws IOException, InterruptedException {
    String path = "/attention/" + item.path("id").asString() + "/" + action;
    HttpResponse<String> answer = marketplace.post(path, "{\"reason\":\"as she asked\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(JsonMapper.shared().readTree(answer.body()).path("resolution").asString())
        .isEqualTo(action);
  }
}
