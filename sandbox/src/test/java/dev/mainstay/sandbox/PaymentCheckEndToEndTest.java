package dev.mainstay.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.PaymentIntentCreateParams;
import dev.mainstay.sandbox.InSandbox.Setting;
import dev.mainstay.sandbox.demo.DemoData;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Payments that the marketplace asserts, and the simulator that knows which of them were made. */
@InSandbox(Setting.HOST_INSIDE)
class PaymentCheckEndToEndTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final long PRICE = 4_500;

  static Marketplace marketplace;
  static StripeClient stripe;

  private final UUID vendor = UUID.randomUUID();

  @BeforeAll
  static void in(SharedSandbox sandbox) {
    marketplace = sandbox.marketplace();
    stripe =
        StripeClient.builder()
            .setApiKey("sk_test_simulated")
            .setApiBase(requireNonNull(sandbox.status().simulators().get("stripe")))
            .build();
  }

  @AfterEach
  void nothingIsViolated() throws Exception {
    marketplace.assertNothingViolated();
  }

  @Test
  void aPaymentThatStripeKnowsIsConfirmed() throws Exception {
    String booking = booking();

    pay(booking, payment());

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(get(booking).path("paymentConfirmedAt").asString("")).isNotEmpty());
  }

  @Test
  void aPaymentThatNeverWasWaitsForAnOperator() throws Exception {
    String booking = booking();

    String payment = "pi_never" + UUID.randomUUID().toString().replace("-", "");
    pay(booking, payment);

    JsonNode item =
        await().atMost(SOON).until(() -> item(payment), found -> !found.isMissingNode());
    assertThat(item.path("reason").asString()).isEqualTo("payment-mismatch");
    assertThat(item.path("error").asString()).isEqualTo("the provider has no such payment");
    assertThat(get(booking).has("paymentConfirmedAt")).isFalse();
    HttpResponse<String> cancelled =
        marketplace.post(
            "operator",
            "/attention/" + item.path("id").asString() + "/cancel",
            "{\"reason\":\"nobody paid\"}");
    assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(200);
    await().atMost(SOON).until(() -> item(payment).isMissingNode());
  }

  private static JsonNode item(String payment) throws IOException, InterruptedException {
    for (JsonNode item : marketplace.get("/attention?process=payment-check").path("items")) {
      if (item.path("businessKey").asString().equals("payment-check/stripe/" + payment)) {
        return item;
      }
    }
    return JsonMapper.shared().createObjectNode().path("none");
  }

  private String booking() throws IOException, InterruptedException {
    marketplace.put(
        "/vendors/" + vendor,
        "{\"name\":\"Ida\",\"email\":\"ida@example.com\",\"locale\":\"en\",\"zone\":\"UTC\",\"cadence\":\"weekly\",\"currency\":\"USD\"}");
    HttpResponse<String> booked =
        marketplace.post(
            "starter",
            "/bookings",
            """
            {"vendorId":"%s","customerId":"%s","service":"Piano lesson","startsAt":"%s","zone":"UTC",
             "priceMinor":%d,"currency":"USD","imported":true}\
            """
                .formatted(vendor, DemoData.id(DemoData.SEED, "student", 0), Instant.now(), PRICE));
    assertThat(booked.statusCode()).as(booked.body()).isEqualTo(202);
    return JsonMapper.shared().readTree(booked.body()).path("id").asString();
  }

  private static void pay(String booking, String payment) throws IOException, InterruptedException {
    HttpResponse<String> paid =
        marketplace.post(
            "starter",
            "/bookings/" + booking + "/pay",
            "{\"provider\":\"stripe\",\"providerPaymentId\":\"" + payment + "\"}");
    assertThat(paid.statusCode()).as(paid.body()).isEqualTo(200);
  }

  private static JsonNode get(String booking) throws IOException, InterruptedException {
    return marketplace.get("/bookings/" + booking);
  }

  private static String payment() throws StripeException {
    return stripe
        .v1()
        .paymentIntents()
        .create(
            PaymentIntentCreateParams.builder()
                .setAmount(PRICE)
                .setCurrency("usd")
                .setConfirm(true)
                .build())
        .getId();
  }
}
