package dev.mainstay.worker.host;

import io.temporal.client.ActivityCompletionException;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the tries of steps that this host did well and those that failed on it. */
final class StepCounts extends WorkerInterceptorBase {

  private final LongAdder done = new LongAdder();
  private final LongAdder failed = new LongAdder();

  long done() {
    return done.sum();
  }

  long failed() {
    return failed.sum();
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      @Override
      public @Nullable ActivityOutput execute(ActivityInput input) {
        try {
          ActivityOutput output = super.execute(input);
          done.increment();
          return output;
        } catch (ActivityCompletionException stopped) {
          // Cancelled, or its run has ended: counts as neither.
          throw stopped;
        } catch (RuntimeException failure) {
          failed.increment();
          throw failure;
        }
      }
    };
  }
}
