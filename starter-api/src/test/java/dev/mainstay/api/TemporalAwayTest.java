package dev.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mainstay.api.temporal.TemporalAway;
import dev.mainstay.api.testing.TestApi;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import org.junit.jupiter.api.Test;

class TemporalAwayTest {

  /** Where nobody listens. */
  private static final String NOWHERE = "--TEMPORAL_ADDRESS=127.0.0.1:1";

  @Test
  void theApiStartsWithoutTemporalAndACallThatNeedsItSaysSo() {
    try (TestApi api = TestApi.start(NOWHERE)) {
      api.starter("GET", "/api/v1/purchases").send().expect(200);

      var workflows = api.bean(WorkflowClient.class);
      assertThat(catchThrowable(() -> workflows.newUntypedWorkflowStub("purchase/x/y").describe()))
          .matches(TemporalAway::explains);
      var schedules = api.bean(ScheduleClient.class);
      assertThat(catchThrowable(() -> schedules.getHandle("maintenance").describe()))
          .matches(TemporalAway::explains);
    }
  }

  @Test
  void anotherFailureIsNoOutage() {
    assertThat(TemporalAway.explains(new IllegalStateException(new RuntimeException("bug"))))
        .isFalse();
  }
}
