package dev.mainstay.workflows.step;

import java.time.Duration;
import java.util.List;

/**
 * A business step: its name, how often it is tried, and what an operator may do when it gives up.
 *
 * @param name in the product's words, as {@code allocate}
 * @param attempts tries in all, the local one included; 1 or more
 * @param timeout of one try
 * @param retryEffect what a retry would do again, in words an operator understands
 * @param actions what an operator may do once the step waits
 */
public record Step(
    String name, int attempts, Duration timeout, String retryEffect, List<OperatorAction> actions) {

  public Step {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts of step " + name + " must be 1 or more");
    }
    actions = List.copyOf(actions);
  }

  /** The same step, tried so often. */
  public Step withAttempts(int other) {
    return new Step(name, other, timeout, retryEffect, actions);
  }
}
