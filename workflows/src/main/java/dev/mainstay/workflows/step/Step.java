package dev.mainstay.workflows.step;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A business step: its name, how often it is tried, and what an operator may do when it gives up.
 *
 * @param name in the product's words, as {@code allocate}
 * @param attempts tries in all, the local one included; 1 or more
 * @param attemptsFixed whether configuration cannot change the attempts, because the process counts
 *     them itself
 * @param timeout of one try
 * @param retryEffect what a retry would do again, in words an operator understands
 * @param actions what an operator may do once the step waits
 * @param queue the task queue of the gateway that it calls; null for a short database step, which
 *     is first tried as a local activity
 */
public record Step(
    String name,
    int attempts,
    boolean attemptsFixed,
    Duration timeout,
    String retryEffect,
    List<OperatorAction> actions,
    @Nullable String queue) {

  public Step {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts of step " + name + " must be 1 or more");
    }
    actions = List.copyOf(actions);
  }

  /** A short database step. */
  public Step(
      String name,
      int attempts,
      Duration timeout,
      String retryEffect,
      List<OperatorAction> actions) {
    this(name, attempts, false, timeout, retryEffect, actions, null);
  }

  /** A short database step with 5 attempts of 30 s each. */
  public static Step of(String name, String retryEffect, OperatorAction... actions) {
    return new Step(name, 5, Duration.ofSeconds(30), retryEffect, List.of(actions));
  }

  /** The same step on the task queue of its gateway: every try is an ordinary activity. */
  public Step on(String gatewayQueue) {
    return new Step(name, attempts, attemptsFixed, timeout, retryEffect, actions, gatewayQueue);
  }

  /** The same step, tried so often whatever is configured. */
  public Step withAttempts(int fixed) {
    return new Step(name, fixed, true, timeout, retryEffect, actions, queue);
  }
}
