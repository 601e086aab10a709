package dev.mainstay.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mainstay.sandbox.demo.DemoData;
import dev.mainstay.sandbox.server.DatabaseAddress;
import dev.mainstay.sandbox.stripe.PaymentIntent;
import dev.mainstay.sandbox.stripe.SimulatedStripeEvent;
import dev.mainstay.sandbox.stripe.StripeId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The outside world: Stripe that sends events, and an observer of their results. */
final class Marketplace {

  /** The amount of each payment, in minor units. */
  static final long PAID = 30_000;

  private static final Duration SOON = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Status status;
  private int nextStudent;

  Marketplace(Status status) {
    this.status = status;
  }

  /** A payment of a student who has bought nothing so far. */
  SimulatedStripeEvent payment() {
    return payment(StripeId.next("pi"), metadata());
  }

  /** A payment for a course of a student who has bought nothing so far. */
  SimulatedStripeEvent payment(UUID course) {
    return payment(
        StripeId.next("pi"), DemoData.id(DemoData.SEED, "student", nextStudent++), course);
  }

  SimulatedStripeEvent payment(String paymentId, UUID student, UUID course) {
    return payment(
        paymentId, Map.of("student_id", student.toString(), "course_id", course.toString()));
  }

  private static SimulatedStripeEvent payment(String paymentId, Map<String, String> metadata) {
    var intent =
        new PaymentIntent(
            paymentId, PAID, "usd", metadata, Instant.now(), PaymentIntent.Status.SUCCEEDED);
    return SimulatedStripeEvent.about("payment_intent.succeeded", intent.json(), Instant.now());
  }

  /** Metadata that names a student who has bought nothing so far, and a course. */
  Map<String, String> metadata() {
    int student = nextStudent++;
    return Map.of(
        "student_id", DemoData.id(DemoData.SEED, "student", student).toString(),
        "course_id", DemoData.id(DemoData.SEED, "course", student % 100).toString());
  }

  /**
   * That money of a payment went back.
   *
   * @param refunded in all, so far
   */
  static SimulatedStripeEvent refund(SimulatedStripeEvent payment, long refunded) {
    var intent =
        new PaymentIntent(
            paymentId(payment),
            PAID,
            "usd",
            Map.of(),
            Instant.now(),
            PaymentIntent.Status.SUCCEEDED);
    return SimulatedStripeEvent.about("charge.refunded", intent.charge(refunded), Instant.now());
  }

  static String paymentId(SimulatedStripeEvent event) {
    return JsonMapper.shared().readTree(event.body()).at("/data/object/id").asString();
  }

  /** The answer to an event. */
  HttpResponse<String> send(SimulatedStripeEvent event) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(status.api() + "/api/v1/webhooks/stripe"))
            .header("Content-Type", "application/json")
            .header(
                SimulatedStripeEvent.SIGNATURE_HEADER,
                event.signature(status.stripeWebhookSecret(), Instant.now()))
            .POST(HttpRequest.BodyPublishers.ofString(event.body()))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The answer to an event that is sent again after a 503, as Stripe does. */
  int deliver(SimulatedStripeEvent event) {
    return await().atMost(SOON).until(() -> send(event).statusCode(), answer -> answer != 503);
  }

  /** Delivers events, all at once. */
  void deliverAtOnce(List<SimulatedStripeEvent> events)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var deliveries = new ArrayList<Callable<Integer>>();
      events.forEach(event -> deliveries.add(() -> deliver(event)));
      for (Future<Integer> answer : threads.invokeAll(deliveries)) {
        assertThat(answer.get()).isEqualTo(202);
      }
    }
  }

  /** The response to a request with a role. */
  HttpResponse<String> post(String role, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(status.api() + "/api/v1" + path))
            .header("Authorization", "Bearer " + requireNonNull(status.keys().get(role)))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = look(path, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  /** The answer to an auditor. */
  <T> HttpResponse<T> look(String path, HttpResponse.BodyHandler<T> body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(status.api() + "/api/v1" + path))
            .header("Authorization", "Bearer " + requireNonNull(status.keys().get("auditor")))
            .build(),
        body);
  }

  /** Puts something, as an operator. */
  void put(String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = ask("PUT", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** The answer to an operator. */
  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return ask("POST", path, body);
  }

  /** The answer to an operator who may ask again with the same key. */
  HttpResponse<String> postOnce(String idempotencyKey, String path, String body)
      throws IOException, InterruptedException {
    return ask("POST", path, body, "Idempotency-Key", idempotencyKey);
  }

  private HttpResponse<String> ask(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(status.api() + "/api/v1" + path))
            .header("Authorization", "Bearer " + requireNonNull(status.keys().get("operator")))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The one purchase of a payment, once it is active. */
  JsonNode awaitActive(SimulatedStripeEvent event) {
    return awaitStatus(paymentId(event), "active");
  }

  /** The one purchase of a payment, once it has this status. */
  JsonNode awaitStatus(String paymentId, String wanted) {
    return awaitPurchase(paymentId, purchase -> purchase.at("/status").asString().equals(wanted));
  }

  /** The one purchase of a payment, once it is as wanted. */
  JsonNode awaitPurchase(String paymentId, Predicate<JsonNode> wanted) {
    return await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(
            () -> get("/purchases?payment=" + paymentId).at("/items"),
            purchases -> purchases.size() == 1 && wanted.test(purchases.get(0)))
        .get(0);
  }

  /** The id of a payment's purchase, once its student has been notified that no trainer is free. */
  String awaitWaitingForTrainer(SimulatedStripeEvent event) {
    return await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(
            () -> awaitStatus(paymentId(event), "pending").at("/id").asString(),
            purchase -> events(purchase).contains("trainer.unavailable"));
  }

  /** The types of what happened to a purchase. */
  List<String> events(String purchase) {
    try (var connection = DatabaseAddress.parse(status.databaseUrl()).connect();
        var query =
            connection.prepareStatement("select type from event where subject_id = ?::uuid")) {
      query.setString(1, purchase);
      var types = new ArrayList<String>();
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          types.add(rows.getString(1));
        }
      }
      return types;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Turns a simulator's dial. */
  void behave(String simulator, String behaviour) throws IOException, InterruptedException {
    var answer =
        client.send(
            HttpRequest.newBuilder(URI.create(simulator + "/behaviour"))
                .POST(HttpRequest.BodyPublishers.ofString(behaviour))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
  }

  /** A simulator's requests under a key, each as {@code POST /allocations accepted}. */
  List<String> ledger(String simulator, String key) throws IOException, InterruptedException {
    String ledger =
        client
            .send(
                HttpRequest.newBuilder(URI.create(simulator + "/ledger")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    return JsonMapper.shared()
        .readTree(ledger)
        .path("items")
        .valueStream()
        .filter(item -> item.path("key").asString().equals(key))
        .map(item -> item.path("operation").asString() + " " + item.path("outcome").asString())
        .toList();
  }

  /** How many of these payments became a purchase. */
  int countPurchases(List<SimulatedStripeEvent> payments) throws SQLException {
    return count(
        "select count(*) from purchase u join payment p on p.id = u.payment_id where p.provider_payment_id = any (?)",
        payments);
  }

  /** How many of these payments came to the largest claim that held any of them last. */
  int largestClaim(List<SimulatedStripeEvent> payments) throws SQLException {
    return count(
        "select max(c.rows) from (select count(*) as rows from intake where kind = 'purchase' and key = any (?) group by claim_id) c",
        payments);
  }

  private int count(String query, List<SimulatedStripeEvent> payments) throws SQLException {
    try (var connection = DatabaseAddress.parse(status.databaseUrl()).connect();
        var statement = connection.prepareStatement(query)) {
      statement.setArray(
          1,
          connection.createArrayOf(
              "text", payments.stream().map(Marketplace::paymentId).toArray(String[]::new)));
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  /** The checker's answer: nothing. */
  void assertNothingViolated() throws SQLException {
    try (var connection = DatabaseAddress.parse(status.databaseUrl()).connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery("select rule || ': ' || detail from invariant_violation")) {
      var violations = new ArrayList<String>();
      while (rows.next()) {
        violations.add(rows.getString(1));
      }
      assertThat(violations).isEmpty();
    }
  }
}
