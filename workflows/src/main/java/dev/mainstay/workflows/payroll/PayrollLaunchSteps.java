package dev.mainstay.workflows.payroll;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import java.util.UUID;

/** The one step of a payroll's sweep. */
@ActivityInterface
public interface PayrollLaunchSteps {

  /**
   * Asks for the run of the last period that had ended, or joins the one that there is.
   *
   * @param nominal the time that the Schedule meant
   * @return the run
   */
  @ActivityMethod(name = "launchPayroll")
  UUID launch(Cadence cadence, Instant nominal);
}
