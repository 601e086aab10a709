package dev.mainstay.workflows.step;

/**
 * The types of {@code ApplicationFailure} that the product distinguishes. Every other failure of a
 * step may pass with another try.
 */
public final class Failures {

  /**
   * Our own PostgreSQL is unavailable, which does not count as an attempt. The failure's first
   * detail is the attempt (1, 2, …) at which it was met.
   */
  public static final String DATABASE_UNAVAILABLE = "DatabaseUnavailable";

  /**
   * An update that does not apply to the workflow's present state: nothing was done or recorded.
   * The SDK gives the caller the message of a validator's exception, but not this type.
   */
  public static final String NOT_APPLICABLE = "NotApplicable";

  /**
   * An update's request cannot be fulfilled: nothing was changed, and the audit log has the
   * attempt. The failure's first detail is the reason, as {@code no-capacity}.
   */
  public static final String REFUSED = "Refused";

  private Failures() {}
}
