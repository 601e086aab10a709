package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.sweep.Sweep;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/** Sweep: requests the run of the previous week. */
@WorkflowInterface
public interface WeeklyPayrollWorkflow {

  /** The sweep's name, which is its module's, its Schedule's and its flag's. */
  String NAME = "payroll-weekly";

  /** The workflow's type. */
  String TYPE = "WeeklyPayroll";

  /** Ends a run that hangs; it only asks for another one. */
  Duration EXECUTION_TIMEOUT = PayrollLaunch.EXECUTION_TIMEOUT;

  /** The workflow's id; the Schedule adds the nominal time. */
  static String id() {
    return Sweep.id(NAME);
  }

  /** Asks for the run of the last period that has ended; {@code runs}: 1. */
  @WorkflowMethod(name = TYPE)
  Counts run();
}
