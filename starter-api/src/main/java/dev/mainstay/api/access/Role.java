package dev.mainstay.api.access;

import java.util.Locale;

/** The permissions of an API key's owner. */
public enum Role {
  /** Starts processes, keeps reference data, reads its own. */
  STARTER,
  /** Asserts that money was received: for a new purchase, or for a booking of its own. */
  PAYMENTS,
  /** Signals, triggers, schedules; reads all. */
  OPERATOR,
  /** Payroll and exports; reads all. */
  FINANCE,
  /** Approves a payroll. */
  APPROVER,
  /** Reads all, changes nothing. */
  AUDITOR;

  /** The text in {@code api_key.roles}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Role of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
