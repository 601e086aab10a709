package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.step.StepRunner;
import dev.mainstay.workflows.sweep.Sweep;
import java.time.Duration;

/**
 * A sweep that only requests the run of a period and ends. So a run that waits never holds up a
 * Schedule, and one period is one run, however often it is requested.
 */
final class PayrollLaunch {

  /** Ends a run that hangs, well before its next turn. */
  static final Duration EXECUTION_TIMEOUT = Duration.ofHours(12);

  private PayrollLaunch() {}

  static Counts run(Cadence cadence) {
    return Sweep.run(
        cadence.sweep(),
        nominal -> {
          var _ =
              StepRunner.run(
                  PayrollProcess.LAUNCH,
                  PayrollLaunchSteps.class,
                  steps -> steps.launch(cadence, nominal));
          return Counts.of("runs", 1);
        });
  }
}
