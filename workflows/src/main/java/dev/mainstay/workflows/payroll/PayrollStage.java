package dev.mainstay.workflows.payroll;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The stage of a payroll run: its next task. */
public enum PayrollStage {
  /** It waits for the approval of what it proposes. */
  @JsonProperty("approval")
  APPROVAL,
  /** Its pages are frozen. */
  @JsonProperty("freeze")
  FREEZE,
  /** It pays what is frozen. */
  @JsonProperty("pay")
  PAY,
  /** It pays nothing more until it is resumed. */
  @JsonProperty("paused")
  PAUSED,
  /** Every payout is paid, carried or failed. */
  @JsonProperty("completed")
  COMPLETED,
  /** It was cancelled before anything was frozen. */
  @JsonProperty("cancelled")
  CANCELLED;

  /** Whether nothing is left to do. */
  boolean isOver() {
    return this == COMPLETED || this == CANCELLED;
  }
}
