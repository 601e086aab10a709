package dev.mainstay.workflows.step;

/**
 * The types of {@code ApplicationFailure} that steps tell apart. Every other type is a failure that
 * trying again may mend.
 */
public final class Failures {

  /**
   * Our own PostgreSQL is away, which is no attempt. The failure's first detail is the attempt (1,
   * 2, …) at which it was met.
   */
  public static final String DATABASE_AWAY = "DatabaseAway";

  private Failures() {}
}
