package dev.mainstay.activities.step;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends the heartbeats of every activity that has a heartbeat timeout, so that one whose worker is
 * lost is run again soon. They only say that the worker is alive; the activity's own timeout bounds
 * its progress.
 */
public final class HeartbeatInterceptor extends WorkerInterceptorBase {

  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("activity-heartbeats").factory());

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Calls(next);
  }

  private final class Calls extends ActivityInboundCallsInterceptorBase {

    private @Nullable ActivityExecutionContext context;

    Calls(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext given) {
      context = given;
      super.init(given);
    }

    @Override
    public @Nullable ActivityOutput execute(ActivityInput input) {
      ActivityExecutionContext running = context;
      if (running == null || running.getInfo().getHeartbeatTimeout().isZero()) {
        return super.execute(input);
      }
      ScheduledFuture<?> beating = beat(running);
      try {
        return super.execute(input);
      } finally {
        beating.cancel(false);
      }
    }

    private ScheduledFuture<?> beat(ActivityExecutionContext running) {
      Duration pause = running.getInfo().getHeartbeatTimeout().dividedBy(3);
      // A heartbeat that throws says that the activity is not wanted any more, and ends the
      // beating;
      // what the activity has begun it ends.
      return beats.scheduleAtFixedRate(
          () -> running.heartbeat(null), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
