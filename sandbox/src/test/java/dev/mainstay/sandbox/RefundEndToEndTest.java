package dev.mainstay.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Refund;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import dev.mainstay.sandbox.InSandbox.Setting;
import dev.mainstay.sandbox.simulator.AskedSimulator;
import dev.mainstay.sandbox.stripe.SimulatedStripeEvent;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.purchase.PurchaseWorkflow;
import dev.mainstay.workflows.refund.RefundWorkflow;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refunds from outside: reported by signed events, or requested here and reported by the simulator.
 */
@InSandbox(Setting.HOST_INSIDE)
class RefundEndToEndTest {

  private static final Duration SECONDS = Duration.ofSeconds(60);

  static Status status;
  static Marketplace marketplace;
  static WorkflowServiceStubs service;
  static WorkflowClient temporal;
  static StripeClient stripe;

  @BeforeAll
  static void in(SharedSandbox sandbox) {
    status = sandbox.status();
    marketplace = sandbox.marketplace();
    service =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(status.temporalAddress()).build());
    temporal = WorkflowClient.newInstance(service);
    stripe =
        StripeClient.builder()
            .setApiKey("sk_test_simulated")
            .setApiBase(requireNonNull(status.simulators().get("stripe")))
            .build();
  }

  @AfterAll
  static void hangUp() {
    service.shutdownNow();
  }

  @AfterEach
  void nothingIsViolated() throws Exception {
    marketplace.assertNothingViolated();
  }

  @Test
  void aFullRefundEndsThePurchaseOnce() throws Exception {
    SimulatedStripeEvent payment = marketplace.payment();
    marketplace.send(payment);
    marketplace.awaitActive(payment);
    SimulatedStripeEvent refund = Marketplace.refund(payment, Marketplace.PAID);

    marketplace.deliver(refund);
    marketplace.deliver(refund);

    JsonNode purchase = awaitRefunded(Marketplace.paymentId(payment));
    assertThat(purchase.at("/allocation/status").asString()).isEqualTo("ended");
    String run = RefundWorkflow.id("stripe", Marketplace.paymentId(payment), Marketplace.PAID);
    awaitCompleted(run);
    assertThat(temporal.fetchHistory(run).getEvents()).hasSizeLessThanOrEqualTo(12);
  }

  @Test
  void aRefundThatOvertakesItsPaymentEndsItAsItComes() throws Exception {
    SimulatedStripeEvent payment = marketplace.payment();
    marketplace.deliver(Marketplace.refund(payment, Marketplace.PAID));
    awaitCompleted(RefundWorkflow.id("stripe", Marketplace.paymentId(payment), Marketplace.PAID));

    marketplace.send(payment);

    JsonNode purchase = awaitRefunded(Marketplace.paymentId(payment));
    assertThat(purchase.has("allocation")).isFalse();
  }

  @Test
  void aRefundInMidStepEndsWhatIsThere() throws Exception {
    for (int i = 0; i < 10; i++) {
      SimulatedStripeEvent payment = marketplace.payment();
      marketplace.deliverAtOnce(List.of(payment));
      marketplace.deliver(Marketplace.refund(payment, Marketplace.PAID));
      awaitRefunded(Marketplace.paymentId(payment));
    }
  }

  @Test
  void aPartialRefundLeavesThePurchase() throws Exception {
    SimulatedStripeEvent payment = marketplace.payment();
    marketplace.send(payment);
    marketplace.awaitActive(payment);

    marketplace.deliver(Marketplace.refund(payment, 10_000));

    JsonNode purchase =
        marketplace.awaitPurchase(Marketplace.paymentId(payment), p -> refunded(p) == 10_000);
    assertThat(purchase.at("/status").asString()).isEqualTo("active");
    assertThat(purchase.at("/sessions")).hasSize(7);
  }

  @Test
  void whatAnOperatorAsksForGoesOnceRoundByStripe() throws Exception {
    String payment = pay(marketplace.metadata());
    JsonNode purchase = marketplace.awaitStatus(payment, "active");
    String path = "/purchases/" + purchase.at("/id").asString() + "/refund";

    JsonNode answer = accepted(marketplace.post("finance", path, "{\"reason\":\"moved away\"}"));

    awaitRefunded(payment);
    String run = answer.at("/workflowId").asString();
    awaitCompleted(run);
    assertThat(temporal.fetchHistory(run).getEvents()).hasSizeLessThanOrEqualTo(12);
    assertThat(madeByStripe(payment)).isEqualTo(1);
    assertThat(marketplace.post("finance", path, "{\"reason\":\"again\"}").statusCode())
        .isEqualTo(409);
  }

  @Test
  void whatStripeRefusesWaitsForAnOperatorWhoCancels() throws Exception {
    SimulatedStripeEvent unknownToStripe = marketplace.payment();
    marketplace.send(unknownToStripe);
    JsonNode purchase = marketplace.awaitActive(unknownToStripe);

    JsonNode answer =
        accepted(
            marketplace.post(
                "operator",
                "/purchases/" + purchase.at("/id").asString() + "/refund",
                "{\"reason\":\"moved away\",\"amountMinor\":100}"));

    JsonNode item =
        marketplace
            .awaitPurchase(
                Marketplace.paymentId(unknownToStripe), p -> p.at("/attention").size() == 1)
            .at("/attention/0");
    assertThat(item.at("/reason").asString()).isEqualTo("refund-refused");
    assertThat(item.at("/error").asString()).contains("resource_missing");
    String run = answer.at("/workflowId").asString();
    temporal
        .newWorkflowStub(RefundWorkflow.class, run)
        .cancel(new OperatorNote("ada", "paid otherwise"));
    awaitCompleted(run);
    JsonNode after =
        marketplace.awaitPurchase(
            Marketplace.paymentId(unknownToStripe), p -> p.at("/attention").isEmpty());
    assertThat(after.at("/status").asString()).isEqualTo("active");
  }

  @Test
  void aRefundThatFailsAfterItSucceededIsAskedForAgainAndBookedOnce() throws Exception {
    String payment = pay(marketplace.metadata());
    JsonNode purchase = marketplace.awaitStatus(payment, "active");
    String path = "/purchases/" + purchase.at("/id").asString() + "/refund";
    accepted(marketplace.post("finance", path, "{\"reason\":\"moved away\"}"));
    awaitRefunded(payment);

    var failed =
        new AskedSimulator(requireNonNull(status.simulators().get("stripe")))
            .post("/refunds/" + refundsOf(payment).getFirst().getId(), "{\"status\":\"failed\"}");

    assertThat(failed.statusCode()).isEqualTo(204);
    JsonNode item =
        marketplace.awaitPurchase(payment, p -> p.at("/attention").size() == 1).at("/attention/0");
    assertThat(item.at("/reason").asString()).isEqualTo("refund-failed");
    assertThat(item.at("/amountMinor").asLong()).isEqualTo(Marketplace.PAID);
    HttpResponse<String> retried =
        marketplace.post(
            "operator",
            "/attention/" + item.at("/id").asString() + "/retry",
            "{\"reason\":\"her new card\"}");
    assertThat(retried.statusCode()).as(retried.body()).isEqualTo(200);
    await()
        .atMost(SECONDS)
        .untilAsserted(() ->
            assertThat(refundsOf(payment))
                .extracting(Refund::getStatus)
                .containsExactly("succeeded", "failed"));
    JsonNode after = awaitRefunded(payment);
    assertThat(after.at("/attention")).isEmpty();
  }

  @Test
  void aDuplicatePaymentIsCancelledWithItsMoneyGoingBack() throws Exception {
    Map<String, String> sameStudentAndCourse = marketplace.metadata();
    String first = pay(sameStudentAndCourse);
    marketplace.awaitStatus(first, "active");
    String second = pay(sameStudentAndCourse);
    JsonNode waiting = marketplace.awaitStatus(second, "attention");

    HttpResponse<String> cancelled =
        marketplace.post(
            "operator",
            "/attention/" + waiting.at("/attention/0/id").asString() + "/cancel",
            "{\"reason\":\"paid twice\",\"refund\":true}");

    assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(200);
    JsonNode ended = marketplace.awaitPurchase(second, p -> refunded(p) == Marketplace.PAID);
    // Whichever of the two came first ended it.
    assertThat(ended.at("/status").asString()).isIn("cancelled", "refunded");
    assertThat(marketplace.awaitStatus(first, "active").at("/payment/refundedMinor").asLong())
        .isZero();
    assertThat(madeByStripe(second)).isEqualTo(1);
    assertThat(madeByStripe(first)).isZero();
  }

  @Test
  void aRefundWakesAPurchaseThatWaitsForAnOperator() throws Exception {
    String payment =
        pay(
            Map.of(
                "student_id", UUID.randomUUID().toString(),
                "course_id", UUID.randomUUID().toString()));
    marketplace.awaitStatus(payment, "attention");

    var _ =
        stripe
            .v1()
            .refunds()
            .create(RefundCreateParams.builder().setPaymentIntent(payment).build());

    marketplace.awaitStatus(payment, "refunded");
    awaitCompleted(PurchaseWorkflow.id("stripe", payment));
  }

  /** A payment at Stripe itself, which reports it. */
  private static String pay(Map<String, String> metadata) throws Exception {
    return stripe
        .v1()
        .paymentIntents()
        .create(
            PaymentIntentCreateParams.builder()
                .setAmount(Marketplace.PAID)
                .setCurrency("usd")
                .putAllMetadata(metadata)
                .setConfirm(true)
                .build())
        .getId();
  }

  private static int madeByStripe(String payment) throws Exception {
    return refundsOf(payment).size();
  }

  /** The latest first. */
  private static List<Refund> refundsOf(String payment) throws StripeException {
    return stripe
        .v1()
        .refunds()
        .list(RefundListParams.builder().setPaymentIntent(payment).build())
        .getData();
  }

  private static JsonNode awaitRefunded(String payment) {
    JsonNode purchase = marketplace.awaitStatus(payment, "refunded");
    assertThat(refunded(purchase)).isEqualTo(Marketplace.PAID);
    assertThat(purchase.at("/sessions").valueStream())
        .noneMatch(session -> session.at("/status").asString().equals("scheduled"));
    return purchase;
  }

  private static long refunded(JsonNode purchase) {
    return purchase.at("/payment/refundedMinor").asLong();
  }

  private static JsonNode accepted(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static void awaitCompleted(String workflowId) {
    await()
        .atMost(SECONDS)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(temporal.newUntypedWorkflowStub(workflowId).describe().getStatus())
                .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED));
  }
}
