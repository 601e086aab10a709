package dev.mainstay.workflows.step;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Functions.Func1;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs a short database step: its first try as a local activity (no round trip, one event), the
 * others as an ordinary activity (Temporal's <i>Local Activities</i> and <i>Fixed Count of
 * Retries</i>). A step on a gateway's queue is an ordinary activity from its first try. While our
 * own PostgreSQL is unavailable, no try is used: the step waits for it without limit and continues
 * with its remaining tries.
 *
 * <p>A local try may run more than once, as when its worker is lost; only recorded failures count.
 *
 * <p>A worker may change attempts and intervals by an interceptor that reads {@link #current}. So
 * nothing here branches on the number of attempts, except for a step with a single attempt.
 */
public final class StepRunner {

  /** Between the first attempt and the second, unless configured otherwise. */
  public static final Duration FIRST_INTERVAL = Duration.ofSeconds(1);

  /** Between two attempts, each interval being twice the one before. */
  public static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

  // Well below the workflow task's ten seconds, so that a slow try becomes an ordinary activity
  // rather than a lost task.
  private static final Duration LOCAL_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration HEARTBEAT = Duration.ofSeconds(30);

  private static final ScopedValue<StepCall> CURRENT = ScopedValue.newInstance();

  private StepRunner() {}

  /** The step whose activity, or whose pause, this workflow thread asks for; null for others. */
  public static @Nullable StepCall current() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }

  /**
   * The step to run.
   *
   * @param used the number of attempts made before
   */
  public record StepCall(Step step, int used) {}

  /**
   * Runs the step until it succeeds or its attempts are used up.
   *
   * @throws StepGaveUp when they are
   * @throws CanceledFailure when the run, or the scope around the step, is cancelled
   */
  public static <S, R> R run(Step step, Class<S> steps, Func1<S, R> call) throws StepGaveUp {
    if (step.queue() != null) {
      return runOrdinary(step, steps, call, 0);
    }
    // The SDK runs a local activity also in a scope that is cancelled.
    CancellationScope.throwCanceled();
    S local =
        Workflow.newLocalActivityStub(
            steps,
            LocalActivityOptions.newBuilder()
                .setStartToCloseTimeout(LOCAL_TIMEOUT)
                .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                .setDoNotIncludeArgumentsIntoMarker(true)
                .build());
    try {
      return call.apply(local);
    } catch (ActivityFailure failure) {
      if (isDatabaseUnavailable(failure)) {
        awaitDatabase();
        return runOrdinary(step, steps, call, 0);
      }
      failIfUsedUp(step, failure, step.attempts() == 1);
      ScopedValue.where(CURRENT, new StepCall(step, 1)).run(() -> Workflow.sleep(FIRST_INTERVAL));
      return runOrdinary(step, steps, call, 1);
    }
  }

  /**
   * Runs the step with all its attempts as an ordinary activity: after an operator's retry, or
   * where it is not on the happy path.
   *
   * @throws StepGaveUp when they are used up too
   */
  public static <S, R> R again(Step step, Class<S> steps, Func1<S, R> call) throws StepGaveUp {
    return runOrdinary(step, steps, call, 0);
  }

  /**
   * Runs the step with the attempts that another run has left, at least one.
   *
   * @throws StepGaveUp when they are used up
   */
  public static <S, R> R afterAttempts(int used, Step step, Class<S> steps, Func1<S, R> call)
      throws StepGaveUp {
    return runOrdinary(step, steps, call, used);
  }

  private static <S, R> R runOrdinary(Step step, Class<S> steps, Func1<S, R> call, int before)
      throws StepGaveUp {
    int used = before;
    while (true) {
      S stub = Workflow.newActivityStub(steps, ordinary(step, used));
      try {
        return ScopedValue.where(CURRENT, new StepCall(step, used)).call(() -> call.apply(stub));
      } catch (ActivityFailure failure) {
        failIfUsedUp(step, failure, !isDatabaseUnavailable(failure));
        used += attemptsBeforeOutage(failure);
        awaitDatabase();
      }
    }
  }

  /**
   * For the few activities that are tried without limit, at most a minute apart: the wait for our
   * own database, and the records that a step needs or needed an operator, because giving up on
   * those would lose sight of the process.
   */
  public static <S> S withoutLimit(Class<S> steps) {
    return Workflow.newActivityStub(
        steps,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofSeconds(30))
            .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(FIRST_INTERVAL)
                    .setMaximumInterval(LONGEST_INTERVAL)
                    .setMaximumAttempts(0)
                    .build())
            .build());
  }

  private static ActivityOptions ordinary(Step step, int used) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(step.queue() == null ? Workflow.getInfo().getTaskQueue() : step.queue())
        .setStartToCloseTimeout(step.timeout())
        // A step that may take long is known to be lost before its timeout.
        .setHeartbeatTimeout(step.timeout().compareTo(HEARTBEAT) > 0 ? HEARTBEAT : Duration.ZERO)
        // A step that is running when its run is cancelled may still commit: what undoes it has to
        // come after.
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(FIRST_INTERVAL)
                .setBackoffCoefficient(2)
                .setMaximumInterval(LONGEST_INTERVAL)
                .setMaximumAttempts(Math.max(1, step.attempts() - used))
                .setDoNotRetry(Failures.DATABASE_UNAVAILABLE)
                .build())
        .build();
  }

  private static void awaitDatabase() {
    try {
      withoutLimit(DatabaseSteps.class).awaitDatabase();
    } catch (ActivityFailure failure) {
      throw failure.getCause() instanceof CanceledFailure cancelled ? cancelled : failure;
    }
  }

  private static void failIfUsedUp(Step step, ActivityFailure failure, boolean usedUp)
      throws StepGaveUp {
    if (failure.getCause() instanceof CanceledFailure cancelled) {
      throw cancelled;
    }
    boolean isFinal = failure.getCause() instanceof ApplicationFailure f && f.isNonRetryable();
    if (usedUp || isFinal) {
      throw new StepGaveUp(step.name(), typeOf(failure), messageOf(failure), failure);
    }
  }

  private static boolean isDatabaseUnavailable(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure f
        && f.getType().equals(Failures.DATABASE_UNAVAILABLE);
  }

  private static int attemptsBeforeOutage(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure f
        ? f.getDetails().get(0, Integer.class) - 1
        : 0;
  }

  private static String typeOf(ActivityFailure failure) {
    return switch (failure.getCause()) {
      case ApplicationFailure f -> f.getType();
      case TimeoutFailure f -> f.getTimeoutType().name();
      case null, default -> "Unknown";
    };
  }

  private static String messageOf(ActivityFailure failure) {
    return switch (failure.getCause()) {
      case ApplicationFailure f -> f.getOriginalMessage();
      case null, default -> String.valueOf(failure.getMessage());
    };
  }
}
