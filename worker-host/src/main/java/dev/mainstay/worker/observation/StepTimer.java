package dev.mainstay.worker.observation;

import dev.mainstay.workflows.step.Failures;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Times each try of a step, by the step and by its outcome. */
final class StepTimer extends WorkerInterceptorBase {

  /** From a small statement's time to the longest that a step may take. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };

  private final MeterRegistry metrics;

  StepTimer(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Calls(next);
  }

  private final class Calls extends ActivityInboundCallsInterceptorBase {

    private String step = "";

    Calls(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext context) {
      step = context.getInfo().getActivityType();
      super.init(context);
    }

    @Override
    public @Nullable ActivityOutput execute(ActivityInput input) {
      Timer.Sample sample = Timer.start(metrics);
      String outcome = "failed";
      try {
        ActivityOutput output = super.execute(input);
        outcome = "done";
        return output;
      } catch (ActivityCompletionException stopped) {
        outcome = "stopped";
        throw stopped;
      } catch (ApplicationFailure failure) {
        if (failure.getType().equals(Failures.DATABASE_UNAVAILABLE)) {
          outcome = "unavailable";
        }
        throw failure;
      } finally {
        sample.stop(timer(outcome));
      }
    }

    private Timer timer(String outcome) {
      return Timer.builder("mainstay.step")
          .description("Each try of a step")
          .tag("step", step)
          .tag("outcome", outcome)
          .serviceLevelObjectives(BUCKETS)
          .register(metrics);
    }
  }
}
