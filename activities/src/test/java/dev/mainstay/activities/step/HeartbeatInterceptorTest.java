package dev.mainstay.activities.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mainstay.workflows.step.DatabaseSteps;
import io.temporal.activity.ActivityOptions;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeartbeatInterceptorTest {

  private final AtomicInteger beats = new AtomicInteger();
  private final TestActivityEnvironment temporal =
      TestActivityEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkerFactoryOptions(
                  WorkerFactoryOptions.newBuilder()
                      .setWorkerInterceptors(new HeartbeatInterceptor())
                      .build())
              .build());

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void beatsAsLongAsTheActivityRuns() {
    temporal.setActivityHeartbeatListener(Void.class, _ -> beats.incrementAndGet());
    DatabaseSteps untilThirdBeat =
        () -> await().atMost(Duration.ofSeconds(30)).until(() -> beats.get() >= 3);
    temporal.registerActivitiesImplementations(untilThirdBeat);

    temporal
        .newActivityStub(
            DatabaseSteps.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofMinutes(1))
                .setHeartbeatTimeout(Duration.ofMillis(300))
                .build())
        .awaitDatabase();

    assertThat(beats.get()).isGreaterThanOrEqualTo(3);
  }
}
