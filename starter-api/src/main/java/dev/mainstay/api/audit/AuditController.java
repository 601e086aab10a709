package dev.mainstay.api.audit;

import static dev.mainstay.api.access.Role.AUDITOR;
import static dev.mainstay.api.access.Role.OPERATOR;
import static dev.mainstay.db.generated.Tables.AUDIT_EVENT;

import dev.mainstay.api.access.Allowed;
import dev.mainstay.api.page.Page;
import dev.mainstay.api.page.PageQuery;
import dev.mainstay.db.generated.tables.records.AuditEventRecord;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AuditController {

  private final DSLContext database;

  AuditController(DSLContext database) {
    this.database = database;
  }

  @Operation(summary = "Lists audit log entries, oldest first")
  @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true)
  @Allowed({OPERATOR, AUDITOR})
  @GetMapping(path = "/api/v1/audit", produces = "application/json")
  Page<AuditRow> list(
      @RequestParam(required = false)
          @Parameter(
              description = "Only entries about this business key, such as purchase/stripe/pi_3Q1")
          @Size(min = 1, max = 200)
          @Pattern(regexp = "\\P{Cntrl}*", message = "has control characters")
          @Nullable String subject,
      @Valid @ParameterObject PageQuery page) {
    Condition condition = AUDIT_EVENT.ID.gt(page.above());
    if (subject != null) {
      condition = condition.and(AUDIT_EVENT.SUBJECT.eq(subject));
    }
    return Page.of(
        database
            .selectFrom(AUDIT_EVENT)
            .where(condition)
            .orderBy(AUDIT_EVENT.ID)
            .limit(page.withOneMore())
            .fetch(AuditRow::of),
        page,
        AuditRow::id);
  }

  /**
   * An action that somebody took, or tried to take.
   *
   * @param subject the business key: a workflow's id, a schedule's, …
   * @param subjectId the id of the subject, as the purchase's id
   * @param reason in the operator's words
   * @param detail why it was refused, or more details than the reason
   */
  @Schema(name = "AuditEvent")
  record AuditRow(
      UUID id,
      Instant at,
      String by,
      @Schema(example = "retry") String action,
      String subject,
      @Nullable UUID subjectId,
      @Nullable String reason,
      @Schema(allowableValues = {"done", "refused"}) String outcome,
      @Nullable String detail,
      String correlationId) {

    static AuditRow of(AuditEventRecord row) {
      return new AuditRow(
          row.getId(),
          row.getAt(),
          row.getBy(),
          row.getAction(),
          row.getSubject(),
          row.getSubjectId(),
          row.getReason(),
          row.getOutcome(),
          row.getDetail(),
          row.getCorrelationId());
    }
  }
}
