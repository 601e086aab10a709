package dev.mainstay.api.access;

import java.util.Locale;

/** What the owner of an API key may do. */
public enum Role {
  /** Starts processes, keeps reference data, reads its own. */
  STARTER,
  /** Signals, triggers, schedules; reads all. */
  OPERATOR,
  /** Payroll and exports; reads all. */
  FINANCE,
  /** Approves a payroll. */
  APPROVER,
  /** Reads all, changes nothing. */
  AUDITOR;

  /** As it stands in {@code api_key.roles}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Role of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
