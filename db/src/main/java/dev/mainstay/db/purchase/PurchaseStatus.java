package dev.mainstay.db.purchase;

import java.util.Set;

/** The statuses of a purchase and which may follow which. */
public enum PurchaseStatus {
  PENDING("pending"),
  ACTIVE("active"),
  ATTENTION("attention"),
  REFUNDED("refunded"),
  CANCELLED("cancelled"),
  COMPLETED("completed");

  private final String text;

  PurchaseStatus(String text) {
    this.text = text;
  }

  /** The text in {@code purchase.status} and in JSON. */
  public String text() {
    return text;
  }

  /** The statuses that may follow this one. */
  public Set<PurchaseStatus> followers() {
    return switch (this) {
      case PENDING -> Set.of(ACTIVE, ATTENTION, REFUNDED, CANCELLED);
      case ATTENTION -> Set.of(PENDING, ACTIVE, REFUNDED, CANCELLED);
      case ACTIVE -> Set.of(REFUNDED, CANCELLED, COMPLETED);
      case COMPLETED -> Set.of(REFUNDED);
      case REFUNDED, CANCELLED -> Set.of();
    };
  }
}
