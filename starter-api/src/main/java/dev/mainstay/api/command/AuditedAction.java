package dev.mainstay.api.command;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The audit log's entry for a command, whether it is done or refused.
 *
 * @param action in the product's words, as {@code retry}
 * @param subject the business key: a workflow's id, a schedule's, …
 * @param subjectId the id of the subject, as the purchase's id
 * @param reason in the operator's words
 * @param detail more details than the reason, for a command that is done; no personal data
 */
public record AuditedAction(
    String action,
    String subject,
    @Nullable UUID subjectId,
    @Nullable String reason,
    @Nullable String detail) {

  public AuditedAction(
      String action, String subject, @Nullable UUID subjectId, @Nullable String reason) {
    this(action, subject, subjectId, reason, null);
  }

  public AuditedAction withSubjectId(UUID id) {
    return new AuditedAction(action, subject, id, reason, detail);
  }

  public AuditedAction withDetail(@Nullable String text) {
    return new AuditedAction(action, subject, subjectId, reason, text);
  }
}
