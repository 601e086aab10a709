package dev.mainstay.db.payroll;

import java.util.Arrays;
import java.util.Set;

/** The statuses of a payout and which may follow which. */
public enum PayoutStatus {
  /** Its earnings are settled, and it is to be paid. */
  FROZEN("frozen"),
  /** The payment provider is being asked, or has been. */
  PAYING("paying"),
  /** The provider accepted the transfer. */
  PAID("paid"),
  /** Not to be paid, for its reason: its earnings join the next run. */
  CARRIED("carried"),
  /** The transfer may have happened, and the provider has not yet said. */
  UNKNOWN("unknown"),
  /** The provider refused the transfer for good. */
  FAILED("failed"),
  /** Its earnings went back to the next run. */
  CANCELLED("cancelled");

  private final String text;

  PayoutStatus(String text) {
    this.text = text;
  }

  /** The text in {@code payout.status} and in JSON. */
  public String text() {
    return text;
  }

  /** The status with this text. */
  public static PayoutStatus of(String text) {
    return Arrays.stream(values())
        .filter(status -> status.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown status of a payout " + text));
  }

  /** The statuses that may follow this one. */
  public Set<PayoutStatus> followers() {
    return switch (this) {
      case FROZEN -> Set.of(PAYING, PAID, CANCELLED);
      case PAYING -> Set.of(PAID, UNKNOWN, FAILED, FROZEN);
      case PAID -> Set.of();
      case CARRIED -> Set.of(CANCELLED);
      case UNKNOWN -> Set.of(PAID, FAILED, FROZEN);
      case FAILED -> Set.of(FROZEN, PAID, CANCELLED);
      case CANCELLED -> Set.of();
    };
  }
}
