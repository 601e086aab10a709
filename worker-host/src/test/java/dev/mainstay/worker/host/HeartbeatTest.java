package dev.mainstay.worker.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.db.testing.TestClock;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.worker.intake.DrainerSlots;
import dev.mainstay.worker.intake.DrainerWake;
import dev.mainstay.worker.module.Backend;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.worker.module.WorkerProperties;
import dev.mainstay.worker.temporal.RegisteredSearchAttributes;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor.ActivityInput;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor.ActivityOutput;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.Header;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

  private final TestDatabase database = TestDatabase.create();
  private final TestClock clock = new TestClock("2026-11-22T06:00:00Z");
  // never called
  private final WorkflowServiceStubs nowhere =
      WorkflowServiceStubs.newServiceStubs(
          WorkflowServiceStubsOptions.newBuilder().setTarget("127.0.0.1:1").build());

  @AfterEach
  void close() {
    nowhere.shutdownNow();
    database.close();
  }

  @Test
  void aHostTellsThatItIsThereAndInTheEndThatItStopped() {
    StepCounts counts = new StepCounts();
    Heartbeat heartbeat = heartbeat("one@here", counts);
    heartbeat.beat();
    assertThat(hosts())
        .containsExactly(
            "one@here sandbox {processes} {attention,purchase} 06:00:00 06:00:00 - 0/0");

    count(counts, null);
    count(counts, null);
    assertThatThrownBy(() -> count(counts, new IllegalStateException()))
        .isInstanceOf(IllegalStateException.class);
    clock.set("2026-11-22T06:00:30Z");
    heartbeat.beat();
    assertThat(hosts()).singleElement().asString().endsWith("06:00:00 06:00:30 - 2/1");

    clock.set("2026-11-22T06:00:40Z");
    heartbeat.stop();
    assertThat(hosts()).singleElement().asString().endsWith("06:00:00 06:00:40 06:00:40 2/1");
  }

  @Test
  void oneThatComesBackUnderTheSameNameBeginsAnew() {
    heartbeat("one@here", new StepCounts()).stop();
    clock.set("2026-11-22T07:00:00Z");

    heartbeat("one@here", new StepCounts()).beat();

    assertThat(hosts()).singleElement().asString().endsWith("07:00:00 07:00:00 - 0/0");
  }

  @Test
  void aHostThatWasNotHeardOfForAWeekIsForgotten() {
    heartbeat("old@here", new StepCounts()).beat();
    clock.set("2026-11-29T06:00:00Z");
    Heartbeat young = heartbeat("young@here", new StepCounts());
    young.beat();
    assertThat(hosts()).hasSize(2);

    clock.set("2026-11-29T06:00:01Z");
    young.beat();

    assertThat(hosts()).singleElement().asString().startsWith("young@here");
  }

  @Test
  void aStepThatWasCancelledIsNeitherDoneNorFailed() {
    StepCounts counts = new StepCounts();

    assertThatThrownBy(() -> count(counts, new ActivityCanceledException()))
        .isInstanceOf(ActivityCanceledException.class);

    assertThat(counts.done()).isZero();
    assertThat(counts.failed()).isZero();
  }

  private static void count(StepCounts counts, @Nullable RuntimeException failure) {
    ActivityInboundCallsInterceptor step =
        new ActivityInboundCallsInterceptorBase(null) {
          @Override
          public ActivityOutput execute(ActivityInput input) {
            if (failure != null) {
              throw failure;
            }
            return new ActivityOutput(null);
          }
        };
    counts.interceptActivity(step).execute(new ActivityInput(Header.empty(), new Object[0]));
  }

  private Heartbeat heartbeat(String identity, StepCounts counts) {
    WorkflowClient client =
        WorkflowClient.newInstance(
            nowhere, WorkflowClientOptions.newBuilder().setIdentity(identity).build());
    var properties =
        new WorkerProperties(
            Backend.SANDBOX,
            Map.of(),
            new WorkerProperties.Host(List.of(), List.of(), 10, 2, 4, 50, Duration.ofSeconds(30)));
    var host =
        new WorkerHost(
            client,
            properties,
            List.of(module("purchase"), module("attention")),
            List.of(),
            new DrainerSlots(4, clock, new DrainerWake()),
            new RegisteredSearchAttributes(client, database.dsl(), database.transaction()));
    return new Heartbeat(database.dsl(), clock, host, counts);
  }

  private static WorkerModule module(String name) {
    return new WorkerModule(name, "processes", List.of(), List.of(), List.of());
  }

  private List<@Nullable String> hosts() {
    return database
        .dsl()
        .fetch(
            """
            select concat_ws(' ', identity, backend, queues, modules, to_char(started_at at time zone 'UTC', 'HH24:MI:SS'),
                             to_char(last_heartbeat_at at time zone 'UTC', 'HH24:MI:SS'),
                             coalesce(to_char(stopped_at at time zone 'UTC', 'HH24:MI:SS'), '-'), done || '/' || failed) as host
            from worker_host
            order by identity
            """)
        .getValues("host", String.class);
  }
}
