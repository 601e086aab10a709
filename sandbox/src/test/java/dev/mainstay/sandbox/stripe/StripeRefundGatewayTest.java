package dev.mainstay.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.PaymentIntentCreateParams;
import dev.mainstay.activities.refund.RefundGateway;
import dev.mainstay.activities.refund.RefundGateway.Answer;
import dev.mainstay.activities.refund.RefundGateway.Answer.Accepted;
import dev.mainstay.activities.refund.RefundGateway.Answer.Refused;
import dev.mainstay.activities.refund.RefundGateway.Answer.Unknown;
import dev.mainstay.activities.refund.RefundGateway.Made;
import dev.mainstay.activities.refund.RefundGateway.State;
import dev.mainstay.activities.refund.RefundGateway.Wish;
import dev.mainstay.activities.refund.StripeRefundGateway;
import dev.mainstay.sandbox.simulator.SimulatorServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway's guarantees, tested against the simulator with Stripe's own client. */
class StripeRefundGatewayTest {

  private static final long PAID = 500;

  private final List<SimulatedStripeEvent> events = new CopyOnWriteArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final UUID request = UUID.randomUUID();
  private SimulatorServer simulator;
  private RefundGateway gateway;
  private String payment;

  @BeforeEach
  void start() throws IOException, StripeException {
    simulator =
        new SimulatorServer(
            0, new StripeSimulator(InstantSource.system(), events::add), InstantSource.system());
    StripeClient stripe = client(simulator.base());
    gateway = new StripeRefundGateway(stripe);
    payment =
        stripe
            .v1()
            .paymentIntents()
            .create(
                PaymentIntentCreateParams.builder()
                    .setAmount(PAID)
                    .setCurrency("usd")
                    .setConfirm(true)
                    .build())
            .getId();
    events.clear();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void aRefundIsAcceptedAndToldByTwoEvents() {
    Answer answer = gateway.refund(wish(1, 200));

    Accepted accepted = (Accepted) answer;
    assertThat(accepted.arrived()).isTrue();
    assertThat(gateway.made(payment, request))
        .containsExactly(new Made(accepted.refundId(), 1, State.ARRIVED, ""));
    assertThat(gateway.made(payment, UUID.randomUUID())).isEmpty();
    assertThat(events).hasSize(2);
    JsonNode refund = JsonMapper.shared().readTree(events.getFirst().body());
    assertThat(refund.path("type").asString()).isEqualTo("refund.created");
    assertThat(refund.at("/data/object/id").asString()).isEqualTo(accepted.refundId());
    JsonNode charge = JsonMapper.shared().readTree(events.getLast().body());
    assertThat(charge.path("type").asString()).isEqualTo("charge.refunded");
    assertThat(charge.at("/data/object/amount_refunded").asLong()).isEqualTo(200);
    assertThat(charge.at("/data/object/payment_intent").asString()).isEqualTo(payment);
  }

  @Test
  void theSameAttemptIsTheSameRefund() {
    assertThat(gateway.refund(wish(1, 200))).isEqualTo(gateway.refund(wish(1, 200)));

    assertThat(events).hasSize(2);
  }

  @Test
  void whatIsNotLeftIsRefusedWithStripesCode() {
    gateway.refund(wish(1, PAID));

    assertThat(gateway.refund(wish(2, 1))).isEqualTo(new Refused("charge_already_refunded (400)"));
    assertThat(gateway.refund(new Wish(request, 3, "pi_nobodys", 1)))
        .isEqualTo(new Refused("resource_missing (404)"));
  }

  @Test
  void aLostReplyIsUnknownAndFoundByAsking() throws Exception {
    behave("{\"acceptAndLoseReply\": true, \"key\": \"refund/" + request + "/1\"}");

    assertThat(gateway.refund(wish(1, 200))).isInstanceOf(Unknown.class);

    assertThat(gateway.made(payment, request)).hasSize(1);
    assertThat(events).hasSize(2);
  }

  @Test
  void anErrorOnTheirSideIsUnknownAndKeptUnderItsKey() throws Exception {
    behave("{\"fail\": true, \"calls\": 1}");

    assertThat(gateway.refund(wish(1, 200))).isEqualTo(new Unknown("ApiException (500)", false));
    assertThat(gateway.refund(wish(1, 200))).isEqualTo(new Unknown("ApiException (500)", true));

    assertThat(gateway.made(payment, request)).isEmpty();
    assertThat(gateway.refund(wish(2, 200))).isInstanceOf(Accepted.class);
    assertThat(gateway.made(payment, request)).extracting(Made::attempt).containsExactly(2);
  }

  @Test
  void aPendingRefundThatFailsIsToldAndRefundableAgainAndItsKeyStillSaysPending() throws Exception {
    post("/refunds", "{\"status\": \"pending\"}");
    Answer answer = gateway.refund(wish(1, PAID));
    String id = ((Accepted) answer).refundId();
    assertThat(answer).isEqualTo(new Accepted(id, false));
    assertThat(gateway.made(payment, request)).containsExactly(new Made(id, 1, State.PENDING, ""));
    assertThat(gateway.refund(new Wish(UUID.randomUUID(), 1, payment, 1)))
        .isEqualTo(new Refused("charge_already_refunded (400)"));
    events.clear();

    post("/refunds/" + id, "{\"status\": \"failed\"}");

    assertThat(events)
        .extracting(event -> JsonMapper.shared().readTree(event.body()).path("type").asString())
        .containsExactly("refund.updated", "refund.failed", "charge.refund.updated");
    assertThat(gateway.made(payment, request))
        .containsExactly(new Made(id, 1, State.FAILED, "expired_or_canceled_card"));
    assertThat(gateway.refund(wish(1, PAID))).isEqualTo(answer);
    post("/refunds", "{\"status\": \"succeeded\"}");
    assertThat(gateway.refund(wish(2, PAID))).isInstanceOf(Accepted.class);
    assertThat(gateway.made(payment, request))
        .extracting(Made::state)
        .containsExactly(State.ARRIVED, State.FAILED);
  }

  @Test
  void aRefundThatFailsAtOnceIsRefused() throws Exception {
    post("/refunds", "{\"status\": \"failed\"}");

    assertThat(gateway.refund(wish(1, 200)))
        .isEqualTo(new Refused("the refund failed: expired_or_canceled_card"));
  }

  @Test
  void notNowAndNotReachedAreNoAnswers() throws Exception {
    behave("{\"rateLimit\": 0}");
    assertThatThrownBy(() -> gateway.refund(wish(1, 200))).hasMessageContaining("no more requests");
    assertThatThrownBy(() -> gateway.made(payment, request))
        .hasMessageContaining("cannot be asked");
    String base = simulator.base();
    simulator.close();
    var unreached = new StripeRefundGateway(client(base));
    assertThatThrownBy(() -> unreached.refund(wish(1, 200))).hasMessageContaining("not reached");
  }

  private Wish wish(int attempt, long amount) {
    return new Wish(request, attempt, payment, amount);
  }

  private static StripeClient client(String base) {
    return StripeClient.builder()
        .setApiKey("sk_test_simulated")
        .setApiBase(base)
        .setMaxNetworkRetries(0)
        .build();
  }

  private void behave(String behaviour) throws IOException, InterruptedException {
    post("/behaviour", behaviour);
  }

  private void post(String path, String body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(simulator.base() + path))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(204);
  }
}
