package dev.mainstay.workflows.payroll;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a payroll run has to do next. */
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
  /** It was given up before anything was frozen. */
  @JsonProperty("cancelled")
  CANCELLED;

  /** Whether nothing is left to do. */
  boolean isOver() {
    return this == COMPLETED || this == CANCELLED;
  }
}
