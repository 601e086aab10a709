package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.ATTENTION;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.REFUND_FACT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Test data never becomes a purchase of a live installation, nor the reverse. */
class StripeModeTest {

  private final String payment = "pi_" + UUID.randomUUID();

  @ParameterizedTest
  @CsvSource({"false, true", "true, false"})
  void anEventOfTheOtherModeIsAcknowledgedCountedAndNotActedOn(boolean ours, boolean other) {
    try (TestApi api = TestApi.start("--mainstay.stripe.livemode=" + ours)) {
      assertThat(notice(api).isMissingNode()).isTrue();

      api.stripe(event(other, "payment_intent.succeeded", paid(api))).expect(200);
      api.stripe(event(other, "charge.refunded", refunded())).expect(200);
      api.stripe(event(other, "payment_intent.succeeded", "'amount':'of no use'")).expect(200);

      assertThat(api.database().dsl().fetchCount(INTAKE)).isZero();
      assertThat(api.database().dsl().fetchCount(REFUND_FACT)).isZero();
      assertThat(api.database().dsl().fetchCount(ATTENTION)).isZero();
      assertThat(counted(api)).isEqualTo(3);
      JsonNode notice = notice(api);
      assertThat(notice.path("count").asInt()).isEqualTo(3);
      assertThat(notice.path("lastType").asString()).isEqualTo("payment_intent.succeeded");
      assertThat(notice.path("advice").asString()).contains("STRIPE_LIVEMODE");

      api.stripe(event(ours, "payment_intent.succeeded", paid(api))).expect(202);
    }
  }

  /** As somebody signs one by hand; Stripe's own always name their mode. */
  @Test
  void anEventWithoutModeIsOfTestMode() {
    String event =
        event(false, "payment_intent.succeeded", "%s").replace("\"livemode\":false,", "");
    try (TestApi api = TestApi.start("--mainstay.stripe.livemode=true")) {
      api.stripe(event.formatted(paid(api).replace('\'', '"'))).expect(200);

      assertThat(counted(api)).isEqualTo(1);
    }
    TestApi shared = TestApi.shared();
    shared.stripe(event.formatted(paid(shared).replace('\'', '"'))).expect(202);
  }

  @Test
  void aWebhookSecretWithoutTheModeStopsTheStart() {
    assertThatThrownBy(() -> TestApi.start("--mainstay.stripe.livemode="))
        .rootCause()
        .hasMessageContaining(
            "mainstay.stripe.livemode (STRIPE_LIVEMODE) must be true or false with a webhook secret");
  }

  @Test
  void withoutAWebhookSecretThereIsNoModeToName() {
    try (TestApi api =
        TestApi.start("--mainstay.stripe.livemode=", "--mainstay.stripe.webhook-secrets=")) {
      api.stripe(event(false, "customer.created", "")).expect(400);
    }
  }

  private String paid(TestApi api) {
    return "'id':'%s','amount_received':19900,'currency':'eur','metadata':{'student_id':'%s','course_id':'%s'}"
        .formatted(payment, api.newStudent(), api.newCourse());
  }

  private String refunded() {
    return "'id':'ch_1','payment_intent':'%s','amount_refunded':100,'currency':'eur'"
        .formatted(payment);
  }

  private static String event(boolean live, String type, String object) {
    return "{'id':'evt_1','object':'event','livemode':%s,'type':'%s','data':{'object':{%s}}}"
        .formatted(live, type, object)
        .replace('\'', '"');
  }

  private static JsonNode notice(TestApi api) {
    return api.call("GET", "/api/v1/workers/health")
        .key(api.key(Role.OPERATOR))
        .send()
        .expect(200)
        .json()
        .path("notices")
        .path(0);
  }

  private static double counted(TestApi api) {
    return api.count("mainstay.webhook.events", "type", "other", "result", "other-mode");
  }
}
