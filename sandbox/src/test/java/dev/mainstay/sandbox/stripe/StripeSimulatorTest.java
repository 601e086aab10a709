package dev.mainstay.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Event;
import com.stripe.net.RequestOptions;
import com.stripe.net.Webhook;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.TransferCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import dev.mainstay.sandbox.simulator.SimulatorServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Driven by Stripe's own client, as the product does. */
class StripeSimulatorTest {

  private static final String SECRET = "whsec_test";

  private final List<SimulatedStripeEvent> events = new CopyOnWriteArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private SimulatorServer simulator;
  private StripeClient stripe;

  @BeforeEach
  void start() throws IOException {
    simulator =
        new SimulatorServer(
            0, new StripeSimulator(InstantSource.system(), events::add), InstantSource.system());
    stripe =
        StripeClient.builder()
            .setApiKey("sk_test_simulated")
            .setApiBase(simulator.base())
            .setMaxNetworkRetries(0)
            .build();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void aConfirmedPaymentIntentSucceedsAndIsToldByASignedEvent() throws Exception {
    var intent = stripe.v1().paymentIntents().create(intent(500).setConfirm(true).build());

    assertThat(intent.getStatus()).isEqualTo("succeeded");
    assertThat(stripe.v1().paymentIntents().retrieve(intent.getId()).getMetadata())
        .containsEntry("student_id", "s-1");
    SimulatedStripeEvent sent = events.getFirst();
    Event event =
        Webhook.constructEvent(sent.body(), sent.signature(SECRET, Instant.now()), SECRET);
    assertThat(event.getType()).isEqualTo("payment_intent.succeeded");
    assertThat(event.getDataObjectDeserializer().getObject()).isPresent();
    assertThatThrownBy(() ->
            Webhook.constructEvent(
                sent.body() + " ", sent.signature(SECRET, Instant.now()), SECRET))
        .isInstanceOf(SignatureVerificationException.class);
  }

  @Test
  void confirmingLaterTellsOnceAndConfirmingTwiceIsAnError() throws Exception {
    var intent = stripe.v1().paymentIntents().create(intent(500).build());
    assertThat(events).isEmpty();

    stripe.v1().paymentIntents().confirm(intent.getId());

    assertThatThrownBy(() -> stripe.v1().paymentIntents().confirm(intent.getId()))
        .isInstanceOf(InvalidRequestException.class);
    assertThat(events).hasSize(1);
  }

  @Test
  void aRepeatedKeyIsAnsweredAsTheFirstTimeAndDoesNothing() throws Exception {
    var first = stripe.v1().paymentIntents().create(intent(500).setConfirm(true).build(), key("a"));
    var second =
        stripe.v1().paymentIntents().create(intent(500).setConfirm(true).build(), key("a"));

    assertThat(second.getId()).isEqualTo(first.getId());
    assertThat(events).hasSize(1);
    assertThat(outcomes()).containsExactly("accepted", "replayed");
    assertThatThrownBy(() -> stripe.v1().paymentIntents().create(intent(501).build(), key("a")))
        .isInstanceOf(IdempotencyException.class);
  }

  @Test
  void itRefusesFailsAndLimitsAsItIsTold() throws Exception {
    behave("{\"refuse\": true, \"calls\": 1}");
    assertThatThrownBy(this::create).isInstanceOf(CardException.class);
    behave("{\"fail\": true, \"calls\": 1}");
    assertThatThrownBy(this::create).isInstanceOf(ApiException.class);
    behave("{\"rateLimit\": 0}");
    assertThatThrownBy(this::create).isInstanceOf(RateLimitException.class);
    assertThatThrownBy(this::create).isInstanceOf(RateLimitException.class);
    behave("{\"reset\": true}");

    create();

    assertThat(outcomes()).containsExactly("refused", "failed", "refused", "refused", "accepted");
  }

  @Test
  void aLostReplyWasAcceptedAllTheSame() throws Exception {
    behave("{\"acceptAndLoseReply\": true}");

    assertThatThrownBy(() ->
            stripe.v1().paymentIntents().create(intent(500).setConfirm(true).build(), key("b")))
        .isInstanceOf(ApiConnectionException.class);

    // The JDK's own client may have asked a second time
    assertThat(outcomes()).startsWith("accepted").containsOnlyOnce("accepted");
    behave("{\"reset\": true}");
    stripe.v1().paymentIntents().create(intent(500).setConfirm(true).build(), key("b"));
    assertThat(events).hasSize(1);
  }

  @Test
  void aBehaviourForOneKeyLeavesTheOthersAlone() throws Exception {
    behave("{\"refuse\": true, \"key\": \"poor\"}");

    stripe.v1().paymentIntents().create(intent(500).build(), key("rich"));
    assertThatThrownBy(() -> stripe.v1().paymentIntents().create(intent(500).build(), key("poor")))
        .isInstanceOf(CardException.class);
  }

  @Test
  void whatIsMissingOrUnknownIsNamed() {
    assertThatThrownBy(() -> stripe.v1().paymentIntents().retrieve("pi_unknown"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("pi_unknown");
    assertThatThrownBy(() ->
            stripe
                .v1()
                .paymentIntents()
                .create(PaymentIntentCreateParams.builder().setCurrency("usd").build()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("amount");
  }

  @Test
  void aCheckoutSessionHasMetadataOfItsOwn() throws Exception {
    String session = session(500);
    assertThat(post("/checkout/" + session + "/pay")).isEqualTo(409);
    assertThat(post("/checkout/" + session + "/complete?delayed=true")).isEqualTo(200);
    assertThat(post("/checkout/" + session + "/pay")).isEqualTo(200);
    assertThat(post("/checkout/" + session + "/pay")).isEqualTo(409);

    assertThat(reported())
        .containsExactly(
            "checkout.session.completed unpaid s-1",
            "payment_intent.succeeded succeeded ",
            "checkout.session.async_payment_succeeded paid s-1");
  }

  @Test
  void aCheckoutSessionThatCostsNothingHasNoPayment() throws Exception {
    String session = session(0);
    post("/checkout/" + session + "/complete");

    assertThat(reported()).containsExactly("checkout.session.completed no_payment_required s-1");
    assertThat(stripe.v1().checkout().sessions().retrieve(session).getPaymentIntent()).isNull();
  }

  @Test
  void anAccountIsReportedBesideItsObjectAndRefusesTransfersWithoutTheCapability()
      throws Exception {
    post("/accounts", "{'account':'acct_1','payoutsEnabled':true,'transfers':'inactive'}");
    post("/payouts", "{'account':'acct_1','amount':1,'currency':'usd','failureCode':'no_account'}");
    post("/payouts", "{'account':'acct_1','amount':1,'currency':'usd'}");

    assertThat(events.stream().map(event -> JsonMapper.shared().readTree(event.body())))
        .extracting(
            event -> event.path("type").asString() + " of " + event.path("account").asString())
        .containsExactly(
            "account.updated of acct_1", "payout.failed of acct_1", "payout.paid of acct_1");
    assertThatThrownBy(() -> transferTo("acct_1"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("insufficient_capabilities_for_transfer");
    post("/accounts", "{'account':'acct_1','payoutsEnabled':true,'transfers':'active'}");
    transferTo("acct_1");
  }

  private void transferTo(String account) throws Exception {
    stripe
        .v1()
        .transfers()
        .create(
            TransferCreateParams.builder()
                .setAmount(1L)
                .setCurrency("usd")
                .setDestination(account)
                .build());
  }

  private String session(long price) throws Exception {
    var line =
        SessionCreateParams.LineItem.builder()
            .setQuantity(1L)
            .setPriceData(
                SessionCreateParams.LineItem.PriceData.builder()
                    .setCurrency("usd")
                    .setUnitAmount(price)
                    .build())
            .build();
    return stripe
        .v1()
        .checkout()
        .sessions()
        .create(
            SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .putMetadata("student_id", "s-1")
                .addLineItem(line)
                .build())
        .getId();
  }

  /** The events, each with its object's status and metadata. */
  private List<String> reported() {
    return events.stream()
        .map(event -> JsonMapper.shared().readTree(event.body()))
        .map(event -> {
          JsonNode object = event.at("/data/object");
          return "%s %s %s"
              .formatted(
                  event.path("type").asString(),
                  object.path("payment_status").asString(object.path("status").asString()),
                  object.at("/metadata/student_id").asString(""));
        })
        .toList();
  }

  private int post(String path) throws Exception {
    return post(path, "");
  }

  private int post(String path, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(simulator.base() + path))
            .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @Test
  void aLiveKeyIsNotKnown() {
    StripeClient live =
        StripeClient.builder()
            .setApiKey("sk_live_1")
            .setApiBase(simulator.base())
            .setMaxNetworkRetries(0)
            .build();

    assertThatThrownBy(() -> live.v1().paymentIntents().create(intent(500).build()))
        .isInstanceOf(AuthenticationException.class);
  }

  private void create() throws Exception {
    stripe.v1().paymentIntents().create(intent(500).build());
  }

  private static PaymentIntentCreateParams.Builder intent(long amount) {
    return PaymentIntentCreateParams.builder()
        .setAmount(amount)
        .setCurrency("usd")
        .putMetadata("student_id", "s-1");
  }

  private static RequestOptions key(String key) {
    return RequestOptions.builder().setIdempotencyKey(key).build();
  }

  private void behave(String behaviour) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(simulator.base() + "/behaviour"))
            .POST(HttpRequest.BodyPublishers.ofString(behaviour))
            .build();
    assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(204);
  }

  private List<String> outcomes() throws Exception {
    var request = HttpRequest.newBuilder(URI.create(simulator.base() + "/ledger")).build();
    JsonNode ledger =
        JsonMapper.shared()
            .readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    return ledger.at("/items").valueStream().map(item -> item.at("/outcome").asString()).toList();
  }
}
