package dev.mainstay.db.refund;

import java.util.Arrays;
import java.util.Set;

/** The statuses of a requested refund and which may follow which. */
public enum RefundStatus {
  /** The provider is asked, or will be. */
  PENDING("pending"),
  /** The provider makes the refund, whether or not it has arrived. */
  ACCEPTED("accepted"),
  /** The provider accepted the refund, and it did not arrive. */
  FAILED("failed"),
  /** An operator withdrew the request, and the provider has made no refund. */
  CANCELLED("cancelled");

  private final String text;

  RefundStatus(String text) {
    this.text = text;
  }

  /** The text in {@code refund_request.status} and in JSON. */
  public String text() {
    return text;
  }

  /** The status with this text. */
  public static RefundStatus of(String text) {
    return Arrays.stream(values())
        .filter(status -> status.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown status of a refund " + text));
  }

  /** The statuses that may follow this one. */
  public Set<RefundStatus> followers() {
    return switch (this) {
      case PENDING -> Set.of(ACCEPTED, CANCELLED);
      case ACCEPTED -> Set.of(FAILED);
      case FAILED, CANCELLED -> Set.of();
    };
  }
}
