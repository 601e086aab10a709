package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.page.Counts;

/** The sweep over the monthly cadence. */
public final class MonthlyPayrollWorkflowImpl implements MonthlyPayrollWorkflow {

  @Override
  public Counts run() {
    return PayrollLaunch.run(Cadence.MONTHLY);
  }
}
