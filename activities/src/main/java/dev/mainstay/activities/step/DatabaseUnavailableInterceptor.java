package dev.mainstay.activities.step;

import dev.mainstay.db.DatabaseUnavailable;
import dev.mainstay.workflows.step.Failures;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import org.jspecify.annotations.Nullable;

/**
 * Marks the failure of an activity that could not reach our own database with the type by which
 * workflows recognize it.
 */
public final class DatabaseUnavailableInterceptor extends WorkerInterceptorBase {

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Calls(next);
  }

  private static final class Calls extends ActivityInboundCallsInterceptorBase {

    private int attempt;

    Calls(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext context) {
      attempt = context.getInfo().getAttempt();
      super.init(context);
    }

    @Override
    public @Nullable ActivityOutput execute(ActivityInput input) {
      try {
        return super.execute(input);
      } catch (RuntimeException failure) {
        if (DatabaseUnavailable.explains(failure)) {
          throw ApplicationFailure.newFailureWithCause(
              "PostgreSQL is away", Failures.DATABASE_UNAVAILABLE, failure, attempt);
        }
        throw failure;
      }
    }
  }
}
