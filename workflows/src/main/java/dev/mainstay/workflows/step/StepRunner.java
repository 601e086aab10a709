package dev.mainstay.workflows.step;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Functions.Func1;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * Runs a short database step: its first try as a local activity (no round trip, one event), the
 * others as an ordinary activity (Temporal's <i>Local Activities</i> and <i>Fixed Count of
 * Retries</i>). Our own PostgreSQL being away is no try: the step waits for it without limit and
 * goes on with the tries it has left.
 *
 * <p>A local try may run more than once, as when its worker is lost; only recorded failures count.
 */
public final class StepRunner {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  // Well below the workflow task's ten seconds, so that a slow try becomes an ordinary activity
  // rather than a lost task.
  private static final Duration LOCAL_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration HEARTBEAT = Duration.ofSeconds(30);

  private StepRunner() {}

  /**
   * Runs the step until it succeeds or its attempts are used up.
   *
   * @throws StepGaveUp when they are
   * @throws CanceledFailure when the run, or the scope around the step, is cancelled
   */
  public static <S, R> R run(Step step, Class<S> steps, Func1<S, R> call) throws StepGaveUp {
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
        return runOrdinary(step, steps, call, step.attempts());
      }
      failIfUsedUp(step, failure, step.attempts() == 1);
      Workflow.sleep(FIRST_PAUSE);
      return runOrdinary(step, steps, call, step.attempts() - 1);
    }
  }

  /**
   * Runs the step with all its attempts as an ordinary activity: after an operator's retry, or
   * where it is not on the happy path.
   *
   * @throws StepGaveUp when they are used up too
   */
  public static <S, R> R again(Step step, Class<S> steps, Func1<S, R> call) throws StepGaveUp {
    return runOrdinary(step, steps, call, step.attempts());
  }

  /**
   * Runs a step that calls a gateway, on the gateway's own task queue, all its tries as an ordinary
   * activity: an operator's retry is the same call again.
   *
   * @throws StepGaveUp when they are used up
   * @throws CanceledFailure when the run, or the scope around the step, is cancelled
   */
  public static <S, R> R runOn(String queue, Step step, Class<S> steps, Func1<S, R> call)
      throws StepGaveUp {
    return runOrdinary(queue, step, steps, call, step.attempts());
  }

  private static <S, R> R runOrdinary(Step step, Class<S> steps, Func1<S, R> call, int attempts)
      throws StepGaveUp {
    return runOrdinary(Workflow.getInfo().getTaskQueue(), step, steps, call, attempts);
  }

  private static <S, R> R runOrdinary(
      String queue, Step step, Class<S> steps, Func1<S, R> call, int attempts) throws StepGaveUp {
    int left = attempts;
    while (true) {
      try {
        ActivityOptions options = ordinary(step, left).setTaskQueue(queue).build();
        return call.apply(Workflow.newActivityStub(steps, options));
      } catch (ActivityFailure failure) {
        boolean away = isDatabaseUnavailable(failure);
        failIfUsedUp(step, failure, !away);
        left -= attemptsBeforeOutage(failure);
        awaitDatabase();
      }
    }
  }

  /**
   * For the few activities that are tried without limit, at most a minute apart: waiting for our
   * own database, and recording that a step needs or needed an operator, because giving up on that
   * would lose sight of the process.
   */
  public static <S> S withoutLimit(Class<S> steps) {
    return Workflow.newActivityStub(
        steps,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofSeconds(30))
            .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(FIRST_PAUSE)
                    .setMaximumInterval(LONGEST_PAUSE)
                    .setMaximumAttempts(0)
                    .build())
            .build());
  }

  private static ActivityOptions.Builder ordinary(Step step, int attempts) {
    return ActivityOptions.newBuilder()
        .setStartToCloseTimeout(step.timeout())
        // A step that may take long is known to be lost before its timeout.
        .setHeartbeatTimeout(step.timeout().compareTo(HEARTBEAT) > 0 ? HEARTBEAT : Duration.ZERO)
        // A step that is running when its run is cancelled may still commit: what undoes it has to
        // come after.
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(FIRST_PAUSE)
                .setBackoffCoefficient(2)
                .setMaximumInterval(LONGEST_PAUSE)
                .setMaximumAttempts(attempts)
                .setDoNotRetry(Failures.DATABASE_UNAVAILABLE)
                .build());
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
