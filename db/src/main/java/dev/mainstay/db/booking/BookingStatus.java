package dev.mainstay.db.booking;

import java.util.Locale;
import java.util.Set;

/**
 * The statuses of a booking and which may follow which. That it is paid and that it is completed
 * are separate facts: one that is completed may still be paid, and stays completed.
 */
public enum BookingStatus {
  OPEN,
  PAID,
  COMPLETED,
  CANCELLED;

  /** The text in {@code booking.status} and in JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The statuses that may follow this one. */
  public Set<BookingStatus> followers() {
    return switch (this) {
      case OPEN -> Set.of(PAID, COMPLETED, CANCELLED);
      case PAID -> Set.of(COMPLETED, CANCELLED);
      case COMPLETED, CANCELLED -> Set.of();
    };
  }
}
