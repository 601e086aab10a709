package dev.mainstay.api;

import static dev.mainstay.db.generated.Tables.ATTENTION;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.REFUND_FACT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.testing.TestApi;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Thin events, as Stripe sends them for objects of its API v1 and v2. */
class StripeThinEventsTest {

  @Test
  void aThinEventIsAcknowledgedCountedAndNeverHalfHandled() {
    try (TestApi api = TestApi.start()) {
      assertThat(health(api).path("status").asString()).isEqualTo("UP");

      api.stripe(thin("v1.payment_intent.succeeded", "payment_intent", "pi_1")).expect(200);
      api.stripe(thin("v1.charge.refunded", "charge", "ch_1")).expect(200);
      api.stripe(thin("v2.core.event_destination.ping", "event_destination", "ed_1")).expect(200);
      // whatever tells it from a snapshot
      api.stripe(thin("payment_intent.succeeded", "payment_intent", "pi_1")).expect(200);
      api.stripe(withOurMetadata(api, "payment_intent.succeeded", ",'snapshot_event':'evt_1'"))
          .expect(200);
      api.stripe(withOurMetadata(api, "v1.payment_intent.succeeded", "")).expect(200);

      assertThat(api.database().dsl().fetchCount(INTAKE)).isZero();
      assertThat(api.database().dsl().fetchCount(REFUND_FACT)).isZero();
      assertThat(api.database().dsl().fetchCount(ATTENTION)).isZero();
      assertThat(api.count("mainstay.webhook.events", "type", "other", "result", "thin-event"))
          .isEqualTo(6);
      JsonNode notice = notices(api).path(0);
      assertThat(notice.path("reason").asString()).isEqualTo("thin-event");
      assertThat(notice.path("count").asInt()).isEqualTo(6);
      assertThat(notice.path("lastType").asString()).isEqualTo("v1.payment_intent.succeeded");
      assertThat(notice.path("advice").asString()).contains("configure a snapshot destination");
      assertThat(health(api).path("status").asString()).isEqualTo("DEGRADED");
      assertThat(health(api).at("/details/thin-event/advice").asString())
          .contains("configure a snapshot destination");
      api.management("/actuator/health/readiness");
    }
  }

  @Test
  void aThinEventOfTheOtherModeIsOfTheOtherMode() {
    try (TestApi api = TestApi.start("--mainstay.stripe.livemode=true")) {
      api.stripe(thin("v1.payment_intent.succeeded", "payment_intent", "pi_1")).expect(200);

      assertThat(notices(api).valueStream().map(one -> one.path("reason").asString()))
          .containsExactly("other-mode");
    }
  }

  private static JsonNode health(TestApi api) {
    return JsonMapper.shared()
        .readTree(api.management("/actuator/health"))
        .at("/components/stripe");
  }

  private static JsonNode notices(TestApi api) {
    return api.call("GET", "/api/v1/workers/health")
        .key(api.key(Role.OPERATOR))
        .send()
        .expect(200)
        .json()
        .path("notices");
  }

  private static String thin(String type, String object, String id) {
    return """
    {'id':'evt_test_65R9Ijk8dKEYZcXeRWn16R9A7j1FSQ3w3TGDPLLGSM4CW0','object':'v2.core.event','type':'%s',
     'livemode':false,'created':'2026-11-17T06:20:52.246Z','snapshot_event':'evt_1',
     'related_object':{'id':'%s','type':'%s','url':'/v1/%ss/%s'}}
    """
        .formatted(type, id, object, object, id)
        .replace('\'', '"');
  }

  private static String withOurMetadata(TestApi api, String type, String more) {
    return """
    {'id':'evt_1','object':'event','livemode':false,'type':'%s','data':{'object':{'id':'pi_%s','amount_received':19900,
     'currency':'eur','metadata':{'student_id':'%s','course_id':'%s'}}}%s}
    """
        .formatted(type, UUID.randomUUID(), api.newStudent(), api.newCourse(), more)
        .replace('\'', '"');
  }
}
