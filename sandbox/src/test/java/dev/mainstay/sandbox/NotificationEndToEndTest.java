package dev.mainstay.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.mainstay.sandbox.InSandbox.Setting;
import dev.mainstay.sandbox.People.Person;
import dev.mainstay.sandbox.stripe.SimulatedStripeEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Messages as their recipients get them: counted in the ledgers of those who carry them. */
@InSandbox(Setting.HOST_INSIDE)
class NotificationEndToEndTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration NEXT_WEEK = Duration.ofDays(7);
  private static final Duration TOMORROW = Duration.ofMinutes(23 * 60 + 30);

  /** Everything that both applications log meanwhile. */
  private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

  static Ports ports;
  static Status status;
  static Marketplace marketplace;
  static People people;
  static WorkflowServiceStubs service;
  static WorkflowClient temporal;

  @BeforeAll
  static void in(SharedSandbox sandbox) {
    LOG.start();
    root().addAppender(LOG);
    ports = sandbox.ports();
    status = sandbox.status();
    marketplace = sandbox.marketplace();
    people = new People(marketplace);
    service =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(status.temporalAddress()).build());
    temporal = WorkflowClient.newInstance(service);
  }

  @AfterAll
  static void hangUp() {
    service.shutdownNow();
    root().detachAppender(LOG);
  }

  @AfterEach
  void nothingIsViolated() throws Exception {
    marketplace.behave(simulator("twilio"), "{\"reset\": true}");
    marketplace.assertNothingViolated();
  }

  @Test
  void aBookingTellsItsCustomerOnThreeChannelsAndItsVendorByMailAndACancellationAsMany()
      throws Exception {
    Person customer = people.customer();
    Person vendor = people.vendor();

    String booking = people.book(customer, vendor, Instant.now().plus(NEXT_WEEK));

    awaitTold(customer, 1);
    await().atMost(SOON).untilAsserted(() -> assertThat(mails(vendor)).hasSize(1));

    var answer = marketplace.post("/bookings/" + booking + "/cancel", "{\"reason\":\"ill\"}");
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);

    awaitTold(customer, 2);
    await().atMost(SOON).untilAsserted(() -> assertThat(mails(vendor)).hasSize(2));
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(notifications(booking).valueStream())
                .hasSize(8)
                .allSatisfy(message ->
                    assertThat(message.at("/status").asString()).isIn("sent", "delivered")));
  }

  @Test
  void theSameRequestManyTimesAtOnceChangesNothing() throws Exception {
    Person customer = people.customer();
    String body = People.booking(customer, people.vendor(), Instant.now().plus(NEXT_WEEK));

    List<String> answers =
        atOnce(20, () -> marketplace.postOnce("once-" + customer.id(), "/bookings", body).body());
    assertThat(answers).doesNotHaveDuplicates().hasSize(1);

    awaitTold(customer, 1);
    assertThat(marketplace.postOnce("once-" + customer.id(), "/bookings", body).body())
        .isEqualTo(answers.getFirst());
    assertThat(marketplace.get("/bookings?customer=" + customer.id()).at("/items")).hasSize(1);
  }

  @Test
  void aDeadSmsGatewayDelaysNoOtherAndItsMessageIsSentOnceItIsMended() throws Exception {
    Person customer = people.customer();
    marketplace.behave(simulator("twilio"), "{\"fail\": true}");

    String booking = people.book(customer, people.vendor(), Instant.now().plus(NEXT_WEEK));

    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          assertThat(mails(customer)).hasSize(1);
          assertThat(pushes(customer)).hasSize(1);
        });
    JsonNode item =
        await()
            .atMost(SOON)
            .until(
                () -> marketplace.get("/attention?process=notification").at("/items"),
                items -> !items.isEmpty())
            .get(0);
    assertThat(item.at("/error").asString()).contains("sms");
    assertThat(texts(customer)).isEmpty();

    marketplace.behave(simulator("twilio"), "{\"reset\": true}");
    var retried =
        marketplace.post(
            "/attention/" + item.at("/id").asString() + "/retry", "{\"reason\":\"mended\"}");
    assertThat(retried.statusCode()).as(retried.body()).isEqualTo(200);

    awaitTold(customer, 1);
    assertThat(notifications(booking).valueStream())
        .filteredOn(message -> message.at("/channel").asString().equals("sms"))
        .singleElement()
        .satisfies(sms -> assertThat(sms.at("/status").asString()).isIn("sent", "delivered"));
  }

  @Test
  void anAppointmentTomorrowIsRemindedOfOnceHoweverOftenTheSweepRuns() throws Exception {
    Person agreed = people.customer();
    Person didNot = people.customerWithoutConsent();
    Person vendor = people.vendor();
    String withConsent = people.book(agreed, vendor, Instant.now().plus(TOMORROW));
    String without = people.book(didNot, vendor, Instant.now().plus(TOMORROW));
    awaitTold(agreed, 1);
    awaitTold(didNot, 1);

    for (int i = 0; i < 3; i++) {
      runSweep("appointment-reminder");
    }

    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          assertThat(mails(agreed)).hasSize(2);
          assertThat(pushes(agreed)).hasSize(2);
        });
    assertThat(mails(didNot)).hasSize(1);
    assertThat(pushes(didNot)).hasSize(1);
    assertThat(notifications(without).valueStream())
        .filteredOn(message -> message.at("/kind").asString().equals("appointment-tomorrow"))
        .hasSize(3)
        .allSatisfy(message -> {
          assertThat(message.at("/status").asString()).isEqualTo("suppressed");
          assertThat(message.at("/reason").asString()).isEqualTo("no-consent");
        });
    assertThat(marketplace.get("/bookings/" + withConsent).has("reminderSentAt")).isTrue();
    assertThat(marketplace.get("/bookings/" + without).has("reminderSentAt")).isFalse();
  }

  @Test
  void aPurchaseTellsItsStudentAndItsTrainer() throws Exception {
    SimulatedStripeEvent payment = marketplace.payment();
    marketplace.send(payment);
    String purchase = marketplace.awaitActive(payment).at("/id").asString();

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(
                    marketplace
                        .get("/notifications?purchase=" + purchase)
                        .at("/items")
                        .valueStream()
                        .filter(message -> message.at("/channel").asString().equals("email"))
                        .map(message ->
                            message.at("/kind").asString()
                                + " "
                                + message.at("/status").asString()))
                .containsExactlyInAnyOrder(
                    "payment-received sent",
                    "purchase-confirmed sent",
                    "sessions-planned sent",
                    "new-student sent"));
  }

  @Test
  void whoIsToldStandsInNoHistoryNoAttributeNoLogAndNoMetric() throws Exception {
    Person customer = people.customer();
    Person vendor = people.vendor();
    marketplace.behave(
        simulator("twilio"), "{\"refuse\": true, \"key\": \"" + customer.phone() + "\"}");
    people.book(customer, vendor, Instant.now().plus(NEXT_WEEK));
    await().atMost(SOON).untilAsserted(() -> assertThat(mails(vendor)).hasSize(1));
    await().atMost(SOON).until(() -> mails(customer).size() == 1 && pushes(customer).size() == 1);
    await()
        .atMost(SOON)
        .until(() -> !marketplace.ledger(simulator("twilio"), customer.phone()).isEmpty());

    List<String> runs = everythingInTemporal();
    List<String> logged = logged();
    String ofHost = metrics(ports.workerManagement());
    String ofApi = metrics(ports.apiManagement());
    assertThat(runs).isNotEmpty();
    assertThat(logged).isNotEmpty();
    for (Person person : List.of(customer, vendor)) {
      for (String planted :
          List.of(person.name(), person.email(), person.phone(), person.device(), "Bella")) {
        assertThat(runs).noneMatch(text -> text.contains(planted));
        assertThat(logged).noneMatch(line -> line.contains(planted));
        assertThat(ofHost).doesNotContain(planted);
        assertThat(ofApi).doesNotContain(planted);
      }
    }
  }

  private static void runSweep(String name) throws IOException, InterruptedException {
    var answer = marketplace.post("/workers/" + name + "/trigger", "{\"reason\":\"test\"}");
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
    await()
        .atMost(SOON)
        .until(() ->
            temporal
                .listExecutions(
                    "WorkflowType = 'AppointmentReminder' and ExecutionStatus = 'Running'")
                .findAny()
                .isEmpty());
  }

  private static void awaitTold(Person customer, int times) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          assertThat(mails(customer)).hasSize(times);
          assertThat(texts(customer)).hasSize(times);
          assertThat(pushes(customer)).hasSize(times);
        });
  }

  private static List<String> mails(Person person) throws IOException, InterruptedException {
    return accepted("smtp", person.email());
  }

  private static List<String> texts(Person person) throws IOException, InterruptedException {
    return accepted("twilio", person.phone());
  }

  private static List<String> pushes(Person person) throws IOException, InterruptedException {
    return accepted("fcm", person.device());
  }

  private static List<String> accepted(String simulator, String key)
      throws IOException, InterruptedException {
    return marketplace.ledger(simulator(simulator), key).stream()
        .filter(item -> item.endsWith(" accepted"))
        .toList();
  }

  private static String simulator(String name) {
    return requireNonNull(status.simulators().get(name));
  }

  private static JsonNode notifications(String booking) throws IOException, InterruptedException {
    return marketplace.get("/notifications?booking=" + booking).at("/items");
  }

  private static List<String> everythingInTemporal() {
    return temporal.listExecutions("").map(NotificationEndToEndTest::told).toList();
  }

  /** A run as Temporal keeps it: payloads are UTF-8, and what is planted is ASCII. */
  private static String told(WorkflowExecutionMetadata run) {
    var history = temporal.fetchHistory(run.getExecution().getWorkflowId()).getHistory();
    return new String(history.toByteArray(), StandardCharsets.ISO_8859_1)
        + new String(run.getWorkflowExecutionInfo().toByteArray(), StandardCharsets.ISO_8859_1);
  }

  private static List<String> logged() {
    return List.copyOf(LOG.list).stream()
        .map(line ->
            line.getFormattedMessage()
                + line.getMDCPropertyMap()
                + (line.getThrowableProxy() == null
                    ? ""
                    : ThrowableProxyUtil.asString(line.getThrowableProxy())))
        .toList();
  }

  private static ch.qos.logback.classic.Logger root() {
    return (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  }

  private static String metrics(int port) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private static List<String> atOnce(int times, Callable<String> thing) throws Exception {
    var answers = new ArrayList<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(Collections.nCopies(times, thing))) {
        answers.add(answer.get());
      }
    }
    return answers.stream().distinct().toList();
  }
}
