package dev.mainstay.db.audit;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An action that somebody took, or tried to take.
 *
 * @param by the operator, person or system; for a caller of the API the owner of its key
 * @param action in the product's words, as {@code retry} or {@code pause}
 * @param subject the business key: a workflow's id, a schedule's, …
 * @param subjectId the id of the subject, as the purchase's id
 * @param reason in the operator's words
 * @param detail why it was refused, or more details than the reason; no personal data
 * @param correlationId of the request or the process
 */
public record AuditEntry(
    String by,
    String action,
    String subject,
    @Nullable UUID subjectId,
    @Nullable String reason,
    Outcome outcome,
    @Nullable String detail,
    String correlationId) {

  /** Whether it was done. */
  public enum Outcome {
    DONE,
    REFUSED;

    /** The text in {@code audit_event.outcome}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
