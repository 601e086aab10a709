package dev.mainstay.worker.retry;

import static java.util.Objects.requireNonNullElse;

import dev.mainstay.worker.retry.RetryProperties.Retry;
import dev.mainstay.workflows.step.StepRunner;
import dev.mainstay.workflows.step.StepRunner.StepCall;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the configured attempts and intervals in place of those that a step has in code. They are no
 * part of what Temporal compares in a replay, and workflow code never sees them: so they can change
 * while runs are open.
 */
final class ConfiguredRetries extends WorkerInterceptorBase {

  private final Supplier<RetryLimits> limits;

  ConfiguredRetries(Supplier<RetryLimits> limits) {
    this.limits = limits;
  }

  @Override
  public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
    return new WorkflowInboundCallsInterceptorBase(next) {
      @Override
      public void init(WorkflowOutboundCallsInterceptor outboundCalls) {
        super.init(new Outbound(outboundCalls));
      }
    };
  }

  private final class Outbound extends WorkflowOutboundCallsInterceptorBase {

    Outbound(WorkflowOutboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
      StepCall call = StepRunner.current();
      Retry retry = call == null ? null : configured(call);
      return super.executeActivity(
          call == null || retry == null ? input : with(options(input, call, retry), input));
    }

    /** The pause between the local attempt and the ordinary ones. */
    @Override
    public void sleep(Duration duration) {
      StepCall call = StepRunner.current();
      Retry retry = call == null ? null : configured(call);
      super.sleep(retry == null ? duration : requireNonNullElse(retry.firstInterval(), duration));
    }

    private @Nullable Retry configured(StepCall call) {
      return limits.get().of(Workflow.getInfo().getWorkflowType(), call.step());
    }
  }

  private static ActivityOptions options(
      WorkflowOutboundCallsInterceptor.ActivityInput<?> input, StepCall call, Retry retry) {
    ActivityOptions inCode = input.getOptions();
    var options = RetryOptions.newBuilder(inCode.getRetryOptions());
    if (retry.attempts() != null && !call.step().attemptsFixed()) {
      options.setMaximumAttempts(Math.max(1, retry.attempts() - call.used()));
    }
    if (retry.firstInterval() != null) {
      options.setInitialInterval(retry.firstInterval());
    }
    if (retry.longestInterval() != null) {
      options.setMaximumInterval(retry.longestInterval());
    }
    return inCode.toBuilder().setRetryOptions(options.build()).build();
  }

  private static <R> WorkflowOutboundCallsInterceptor.ActivityInput<R> with(
      ActivityOptions options, WorkflowOutboundCallsInterceptor.ActivityInput<R> input) {
    return new WorkflowOutboundCallsInterceptor.ActivityInput<>(
        input.getActivityName(),
        input.getResultClass(),
        input.getResultType(),
        input.getArgs(),
        options,
        input.getHeader());
  }
}
