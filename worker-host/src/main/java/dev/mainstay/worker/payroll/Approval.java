package dev.mainstay.worker.payroll;

/** Whether what a payroll run pays has to be approved by somebody first. */
enum Approval {
  OFF,
  REQUIRED
}
