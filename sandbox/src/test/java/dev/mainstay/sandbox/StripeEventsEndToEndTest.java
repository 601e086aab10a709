package dev.mainstay.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import dev.mainstay.sandbox.InSandbox.Setting;
import dev.mainstay.sandbox.simulator.AskedSimulator;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What customers do at Checkout, and what befalls connected accounts, as the simulator reports. */
@InSandbox(Setting.HOST_INSIDE)
class StripeEventsEndToEndTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  static Marketplace marketplace;
  static Payrolls payrolls;
  static AskedSimulator simulator;
  static StripeClient stripe;

  @BeforeAll
  static void in(SharedSandbox sandbox) {
    String base = requireNonNull(sandbox.status().simulators().get("stripe"));
    marketplace = sandbox.marketplace();
    payrolls = new Payrolls(marketplace, sandbox.status());
    simulator = new AskedSimulator(base);
    stripe = StripeClient.builder().setApiKey("sk_test_simulated").setApiBase(base).build();
  }

  @AfterEach
  void nothingIsViolated() throws Exception {
    marketplace.assertNothingViolated();
  }

  @Test
  void aFreeCheckoutIsAPurchaseOfNothing() throws Exception {
    String session = session(0);
    assertThat(simulator.post("/checkout/" + session + "/complete", "").statusCode())
        .isEqualTo(200);

    JsonNode purchase = marketplace.awaitStatus(session, "active");

    assertThat(purchase.at("/payment/amountMinor").asLong(-1)).isZero();
    String id = purchase.path("id").asString();
    HttpResponse<String> refused =
        marketplace.post("finance", "/purchases/" + id + "/refund", "{\"reason\":\"none\"}");
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
    assertThat(refused.body()).contains("nothing-to-refund");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(messages(id)).contains("payment-received suppressed nothing-paid"));
  }

  @Test
  void theMoneyOfACheckoutMayComeLater() throws Exception {
    String session = session(30_000);
    assertThat(simulator.post("/checkout/" + session + "/complete?delayed=true", "").statusCode())
        .isEqualTo(200);
    String payment = stripe.v1().checkout().sessions().retrieve(session).getPaymentIntent();
    assertThat(stripe.v1().paymentIntents().retrieve(payment).getMetadata()).isEmpty();
    assertThat(marketplace.get("/purchases?payment=" + payment).path("items")).isEmpty();

    assertThat(simulator.post("/checkout/" + session + "/pay", "").statusCode()).isEqualTo(200);

    JsonNode purchase = marketplace.awaitStatus(payment, "active");
    assertThat(purchase.at("/payment/amountMinor").asLong()).isEqualTo(30_000);
    assertThat(marketplace.get("/purchases?payment=" + session).path("items")).isEmpty();
  }

  @Test
  void anAccountThatCannotBePaidIsFlaggedUntilItCan() throws Exception {
    UUID vendor = payrolls.vendor(Payrolls.WEEKLY, "USD");
    payrolls.deliver(vendor, 10_000, "USD", Instant.now().minus(1, ChronoUnit.HOURS));
    String account = Payrolls.account(vendor);

    tell("/accounts", "\"payoutsEnabled\":true,\"transfers\":\"inactive\"", account);
    awaitProblem(vendor, "transfers-inactive");
    tell("/accounts", "\"payoutsEnabled\":false,\"transfers\":\"active\"", account);
    awaitProblem(vendor, "payouts-disabled");
    tell("/accounts", "\"payoutsEnabled\":true,\"transfers\":\"active\"", account);
    awaitProblem(vendor, "");
  }

  private String session(long price) throws StripeException {
    return stripe
        .v1()
        .checkout()
        .sessions()
        .create(
            SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setSuccessUrl("https://shop.example/thanks")
                .putAllMetadata(marketplace.metadata())
                .addLineItem(
                    LineItem.builder()
                        .setQuantity(1L)
                        .setPriceData(
                            LineItem.PriceData.builder()
                                .setCurrency("usd")
                                .setUnitAmount(price)
                                .setProductData(
                                    LineItem.PriceData.ProductData.builder()
                                        .setName("Conversation")
                                        .build())
                                .build())
                        .build())
                .build())
        .getId();
  }

  private static List<String> messages(String purchase) throws IOException, InterruptedException {
    return marketplace
        .get("/notifications?purchase=" + purchase)
        .path("items")
        .valueStream()
        .map(one ->
            "%s %s %s"
                .formatted(
                    one.path("kind").asString(),
                    one.path("status").asString(),
                    one.path("reason").asString()))
        .toList();
  }

  private static void tell(String path, String fields, String account) {
    String body = "{\"account\":\"%s\",%s}".formatted(account, fields);
    assertThat(simulator.post(path, body).statusCode()).isEqualTo(204);
  }

  private static void awaitProblem(UUID vendor, String problem) {
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> payrolls.accountProblem(vendor), problem::equals);
  }
}
