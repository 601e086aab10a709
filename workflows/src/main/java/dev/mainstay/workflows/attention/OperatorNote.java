package dev.mainstay.workflows.attention;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * The sender of a signal and the reason for it. Every signal carries a note, and the audit log
 * keeps it.
 *
 * @param by the operator, person or system
 * @param reason in the operator's words
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record OperatorNote(String by, String reason) {

  // A signal can be sent by anybody with whatever JSON.
  public OperatorNote(@Nullable String by, @Nullable String reason) {
    this.by = by == null ? "" : by;
    this.reason = reason == null ? "" : reason;
  }

  /** Whether it does not say who, or not why. */
  boolean isIncomplete() {
    return by.isBlank() || reason.isBlank();
  }
}
