package dev.mainstay.workflows.process;

import dev.mainstay.workflows.step.StepGaveUp;

/**
 * Why a step waits for an operator.
 *
 * @param reason one of the catalogue, as {@code refund-refused} or {@code step-failed}
 * @param error what went wrong, for a person to read
 * @param fingerprint equal for problems of the same kind, as {@code ask/refused}
 */
public record StepProblem(String reason, String error, String fingerprint) {

  private static final String STEP_FAILED = "step-failed";

  /** A step that used up its attempts. */
  public static StepProblem of(StepGaveUp gaveUp) {
    return stepFailed(gaveUp.error(), gaveUp.fingerprint());
  }

  /** Several failures of one step, for one item. */
  public static StepProblem stepFailed(String error, String fingerprint) {
    return new StepProblem(STEP_FAILED, error, fingerprint);
  }
}
