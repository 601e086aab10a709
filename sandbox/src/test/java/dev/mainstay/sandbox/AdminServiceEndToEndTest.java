package dev.mainstay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mainstay.sandbox.InSandbox.Setting;
import dev.mainstay.sandbox.stripe.SimulatedStripeEvent;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The marketplace's admin service gives the trainers. It takes long because of the real pauses
 * between five attempts.
 */
@InSandbox(Setting.APPROVAL_AND_ADMIN_SERVICE)
class AdminServiceEndToEndTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  static Marketplace marketplace;
  static String admin;

  @BeforeAll
  static void in(SharedSandbox sandbox) {
    marketplace = sandbox.marketplace();
    admin = Objects.requireNonNull(sandbox.status().simulators().get("admin"));
  }

  @AfterEach
  void nothingIsViolated() throws Exception {
    marketplace.assertNothingViolated();
  }

  @Test
  void whatIsApprovedIsActiveSoonAndEachPurchaseIsAskedForOnce() throws Exception {
    List<SimulatedStripeEvent> events = Stream.generate(marketplace::payment).limit(20).toList();

    marketplace.deliverAtOnce(events);

    for (SimulatedStripeEvent event : events) {
      JsonNode purchase = marketplace.awaitActive(event);
      assertThat(purchase.at("/sessions")).hasSize(7);
      String id = purchase.at("/id").asString();
      await()
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(marketplace.get("/purchases/" + id).at("/allocation/status").asString())
                  .isEqualTo("active"));
      assertThat(marketplace.ledger(admin, id)).containsExactly("POST /allocations accepted");
    }
  }

  @Test
  void aServiceThatFailsIsAskedFiveTimesThenAnOperatorWhoseRetryGoesOn() throws Exception {
    SimulatedStripeEvent event = marketplace.payment();
    marketplace.behave(admin, "{\"fail\": true}");

    marketplace.send(event);

    JsonNode waiting = marketplace.awaitStatus(Marketplace.paymentId(event), "attention");
    String id = waiting.at("/id").asString();
    assertThat(marketplace.ledger(admin, id)).hasSize(5).containsOnly("POST /allocations failed");
    JsonNode item = waiting.at("/attention/0");
    assertThat(item.at("/reason").asString()).isEqualTo("step-failed");
    assertThat(item.at("/error").asString()).contains("500");

    marketplace.behave(admin, "{\"reset\": true}");
    var retried =
        marketplace.post(
            "/attention/" + item.at("/id").asString() + "/retry",
            "{\"reason\": \"the service is mended\"}");
    assertThat(retried.statusCode()).as(retried.body()).isEqualTo(200);

    assertThat(marketplace.awaitActive(event).at("/sessions")).hasSize(7);
    assertThat(marketplace.ledger(admin, id))
        .hasSize(6)
        .last()
        .isEqualTo("POST /allocations accepted");
  }
}
