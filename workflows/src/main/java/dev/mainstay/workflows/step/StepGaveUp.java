package dev.mainstay.workflows.step;

/**
 * A step has used up its attempts. Always caught inside the workflow: it becomes an attention item
 * or a split-off.
 */
public final class StepGaveUp extends Exception {

  private static final long serialVersionUID = 1L;

  private final String step;
  private final String error;
  private final String fingerprint;

  StepGaveUp(String step, String type, String error, Throwable cause) {
    super(step + " gave up: " + error, cause);
    this.step = step;
    this.error = error;
    this.fingerprint = step + "/" + type;
  }

  /** The step's name. */
  public String step() {
    return step;
  }

  /** The error of the last attempt, for a person to read. */
  public String error() {
    return error;
  }

  /** Equal for failures of the same step and type. */
  public String fingerprint() {
    return fingerprint;
  }
}
