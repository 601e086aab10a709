package dev.mainstay.worker.payroll;

/** Whether a payroll run needs approval before it pays. */
enum Approval {
  OFF,
  REQUIRED
}
