package dev.mainstay.db.payroll;

import java.util.Arrays;
import java.util.Set;

/** The statuses of a payroll run and which may follow which. */
public enum PayrollStatus {
  /** It proposes what it would pay, and pays nothing before that is approved. */
  AWAITING_APPROVAL("awaiting-approval"),
  /** Its pages are being frozen. */
  FREEZING("freezing"),
  /** Its payouts are fixed. */
  FROZEN("frozen"),
  /** Its payouts are being sent. */
  PAYING("paying"),
  /** No payout is sent until an operator resumes it. */
  PAUSED("paused"),
  /** Every payout is paid, carried, failed or cancelled. */
  COMPLETED("completed"),
  /** Cancelled before anything was frozen: its period can be requested again. */
  CANCELLED("cancelled");

  private final String text;

  PayrollStatus(String text) {
    this.text = text;
  }

  /** The text in {@code payroll_run.status} and in JSON. */
  public String text() {
    return text;
  }

  /** The status with this text. */
  public static PayrollStatus of(String text) {
    return Arrays.stream(values())
        .filter(status -> status.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown status of a payroll_run " + text));
  }

  /** The statuses that may follow this one. */
  public Set<PayrollStatus> followers() {
    return switch (this) {
      case AWAITING_APPROVAL -> Set.of(FREEZING, CANCELLED);
      case FREEZING -> Set.of(AWAITING_APPROVAL, FROZEN);
      case FROZEN -> Set.of(PAYING, PAUSED);
      case PAYING -> Set.of(PAUSED, COMPLETED);
      case PAUSED -> Set.of(PAYING);
      case COMPLETED -> Set.of();
      case CANCELLED -> Set.of();
    };
  }
}
