package dev.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mainstay.api.access.Role;
import dev.mainstay.api.temporal.TemporalUnavailable;
import dev.mainstay.api.testing.TestApi;
import dev.mainstay.api.testing.TestApi.Answer;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** It takes long because each of three calls waits up to ten seconds for Temporal. */
class TemporalUnavailableTest {

  /** Where nobody listens. */
  private static final String NOWHERE = "--TEMPORAL_ADDRESS=127.0.0.1:1";

  @Test
  void theApiStartsWithoutTemporalAndACallThatNeedsItSaysSo() {
    try (TestApi api = TestApi.start(NOWHERE)) {
      api.starter("GET", "/api/v1/purchases").send().expect(200);

      var workflows = api.bean(WorkflowClient.class);
      assertThat(catchThrowable(() -> workflows.newUntypedWorkflowStub("purchase/x/y").describe()))
          .matches(TemporalUnavailable::explains);
      var schedules = api.bean(ScheduleClient.class);
      assertThat(catchThrowable(() -> schedules.getHandle("maintenance").describe()))
          .matches(TemporalUnavailable::explains);

      UUID item = api.database().newId();
      api.database()
          .dsl()
          .execute(
              """
              insert into attention (id, process, business_key, subject_id, step, reason, error, fingerprint, retry_effect, actions)
              values ({0}, 'purchase', 'purchase/stripe/pi_1', new_id(), 'allocate', 'no-trainer', '', '', '', array['retry'])
              """,
              item);
      Answer answer =
          api.call("POST", "/api/v1/attention/" + item + "/retry")
              .key(api.key(Role.OPERATOR))
              .body("{'reason':'now'}")
              .send()
              .expect(503);
      assertThat(answer.header("Retry-After")).isEqualTo("5");
      assertThat(answer.json().path("type").asString())
          .isEqualTo("urn:mainstay:problem:temporal-unavailable");
    }
  }

  @Test
  void anotherFailureIsNoOutage() {
    assertThat(TemporalUnavailable.explains(new IllegalStateException(new RuntimeException("bug"))))
        .isFalse();
  }
}
