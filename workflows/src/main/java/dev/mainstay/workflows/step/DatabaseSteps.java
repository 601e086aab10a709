package dev.mainstay.workflows.step;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The step that waits while our own PostgreSQL is unavailable. */
@ActivityInterface
public interface DatabaseSteps {

  /**
   * Succeeds as soon as the database answers; Temporal tries it until then, at most a minute apart,
   * without limit.
   */
  @ActivityMethod(name = "awaitDatabase")
  void awaitDatabase();
}
