package dev.mainstay.workflows.step;

/**
 * The types of {@code ApplicationFailure} that are told apart. Of a step's failures every other
 * type is one that trying again may mend.
 */
public final class Failures {

  /**
   * Our own PostgreSQL is away, which is no attempt. The failure's first detail is the attempt (1,
   * 2, …) at which it was met.
   */
  public static final String DATABASE_UNAVAILABLE = "DatabaseUnavailable";

  /**
   * An update that does not apply to where the workflow stands: nothing was done or recorded. The
   * SDK gives the caller the message of what a validator throws, and not this type.
   */
  public static final String NOT_APPLICABLE = "NotApplicable";

  /**
   * What an update asked for cannot be: nothing was changed, and the audit log has the attempt. The
   * failure's first detail is the reason, as {@code no-capacity}.
   */
  public static final String REFUSED = "Refused";

  private Failures() {}
}
