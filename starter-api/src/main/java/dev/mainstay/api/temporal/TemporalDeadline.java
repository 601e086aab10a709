package dev.mainstay.api.temporal;

import io.grpc.Context;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Bounds the wait for a worker's answer: Temporal otherwise holds an update until a worker is
 * available.
 */
@Component
public class TemporalDeadline implements DisposableBean {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("temporal-deadline").factory());

  /**
   * Runs the call; one that takes longer than ten seconds fails as {@link TemporalUnavailable}
   * describes.
   */
  public void run(Runnable call) {
    try (Context.CancellableContext bounded =
        Context.current().withDeadlineAfter(DEADLINE.toSeconds(), TimeUnit.SECONDS, clock)) {
      bounded.run(call);
    }
  }

  @Override
  public void destroy() {
    clock.shutdownNow();
  }
}
