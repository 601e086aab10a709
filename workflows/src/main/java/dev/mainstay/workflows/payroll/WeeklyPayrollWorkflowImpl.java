package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.page.Counts;

/** The sweep over the weekly cadence. */
public final class WeeklyPayrollWorkflowImpl implements WeeklyPayrollWorkflow {

  @Override
  public Counts run() {
    return PayrollLaunch.run(Cadence.WEEKLY);
  }
}
