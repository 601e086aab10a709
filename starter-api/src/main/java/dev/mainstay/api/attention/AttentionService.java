package dev.mainstay.api.attention;

import static dev.mainstay.db.generated.Tables.ATTENTION;
import static dev.mainstay.db.generated.Tables.INTAKE;

import dev.mainstay.api.BackendProperties;
import dev.mainstay.api.attention.ProcessSignals.Answer;
import dev.mainstay.api.database.IntakeDatabase;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.db.audit.Audit;
import dev.mainstay.db.audit.AuditEntry;
import dev.mainstay.db.audit.AuditEntry.Outcome;
import dev.mainstay.db.generated.tables.records.AttentionRecord;
import dev.mainstay.db.intake.Intake;
import dev.mainstay.db.intake.IntakeWake;
import dev.mainstay.workflows.step.OperatorAction;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Does what operators want done about attention items: by a signal to the process that waits, or,
 * where none was ever started, by itself in one transaction. What is refused stands in the audit
 * log too.
 */
@Component
class AttentionService {

  /** Steps before the first of any run: no process waits behind an item of theirs. */
  private static final Set<String> BEFORE_ANY_RUN = Set.of("start", "take-in");

  private final BackendProperties backend;
  private final AttentionQueries reader;
  private final ProcessSignals processes;
  private final DSLContext database;
  private final TransactionOperations transaction;
  private final Intake intake;
  private final Audit audit;

  AttentionService(
      BackendProperties backend,
      AttentionQueries reader,
      ProcessSignals processes,
      IntakeDatabase database,
      IntakeWake wake) {
    this.backend = backend;
    this.reader = reader;
    this.processes = processes;
    this.database = database.jooq();
    this.transaction = database.transaction();
    this.intake = new Intake(this.database, wake);
    this.audit = new Audit(this.database);
  }

  /**
   * Does it.
   *
   * @throws Refusal where there is no such item, it is resolved, it does not allow the action, or
   *     its process cannot do what is asked; then nothing was changed
   */
  void act(UUID id, OperatorAction action, OperatorRequest wish, Operator operator) {
    backend.require();
    AttentionRecord item = reader.find(id).orElse(null);
    if (item == null) {
      throw refused(
          "attention/" + id, null, action, wish, operator, Refusal.notFound("attention item"));
    }
    if (item.getStatus().equals("resolved")) {
      throw refused(item, action, wish, operator, alreadyResolved());
    }
    if (!Arrays.asList(item.getActions()).contains(action.text())) {
      throw refused(
          item,
          action,
          wish,
          operator,
          Refusal.conflict(
              "action-not-offered",
              "Step %s does not allow %s".formatted(item.getStep(), action.text())));
    }
    if (BEFORE_ANY_RUN.contains(item.getStep())) {
      resolve(item, action, wish, operator);
    } else {
      signal(item, action, wish, operator);
    }
  }

  private void signal(
      AttentionRecord item, OperatorAction action, OperatorRequest wish, Operator operator) {
    switch (processes.send(item.getBusinessKey(), action, wish.input(operator.name()))) {
      case Answer.Done _ -> {}
      case Answer.Refused refused -> throw Refusal.conflict(refused.reason(), refused.why());
      case Answer.NotApplicable not ->
          throw refused(
              item, action, wish, operator, Refusal.conflict("not-applicable", not.why()));
      case Answer.Gone _ ->
          throw refused(
              item,
              action,
              wish,
              operator,
              Refusal.conflict("process-ended", "The process that waited has ended"));
    }
  }

  private void resolve(
      AttentionRecord item, OperatorAction action, OperatorRequest wish, Operator operator) {
    boolean resolved =
        Boolean.TRUE.equals(
            transaction.execute(_ -> {
              int changed =
                  database
                      .update(ATTENTION)
                      .set(ATTENTION.STATUS, "resolved")
                      .set(ATTENTION.RESOLVED_AT, DSL.currentInstant())
                      .set(ATTENTION.RESOLUTION, action.text())
                      .set(ATTENTION.RESOLVED_BY, operator.name())
                      .set(ATTENTION.RESOLUTION_REASON, wish.reason())
                      .where(ATTENTION.ID.eq(item.getId()), ATTENTION.STATUS.eq("open"))
                      .execute();
              if (changed == 0) {
                return false;
              }
              audit.record(
                  entry(
                      item.getBusinessKey(),
                      item.getSubjectId(),
                      action,
                      wish,
                      operator,
                      Outcome.DONE,
                      "step " + item.getStep()));
              if (action == OperatorAction.RETRY) {
                letTheDrainerTakeItAgain(item);
              }
              return true;
            }));
    if (!resolved) {
      throw refused(item, action, wish, operator, alreadyResolved());
    }
  }

  private void letTheDrainerTakeItAgain(AttentionRecord item) {
    intake.wakeAfterCommit();
    database
        .update(INTAKE)
        .set(INTAKE.CLAIMS, (short) 0)
        .setNull(INTAKE.CLAIM_ID)
        .setNull(INTAKE.LEASED_UNTIL)
        .where(
            INTAKE.BUSINESS_ID.eq(item.getSubjectId()),
            INTAKE.KIND.eq(item.getProcess()),
            INTAKE.DONE_AT.isNull())
        .execute();
  }

  private static Refusal alreadyResolved() {
    return Refusal.conflict("already-resolved", "The item was resolved before");
  }

  private Refusal refused(
      AttentionRecord item,
      OperatorAction action,
      OperatorRequest wish,
      Operator operator,
      Refusal refusal) {
    return refused(item.getBusinessKey(), item.getSubjectId(), action, wish, operator, refusal);
  }

  private Refusal refused(
      String subject,
      @Nullable UUID subjectId,
      OperatorAction action,
      OperatorRequest wish,
      Operator operator,
      Refusal refusal) {
    audit.record(
        entry(
            subject,
            subjectId,
            action,
            wish,
            operator,
            Outcome.REFUSED,
            refusal.getBody().getDetail()));
    return refusal;
  }

  private static AuditEntry entry(
      String subject,
      @Nullable UUID subjectId,
      OperatorAction action,
      OperatorRequest wish,
      Operator operator,
      Outcome outcome,
      @Nullable String detail) {
    return new AuditEntry(
        operator.name(),
        action.text(),
        subject,
        subjectId,
        wish.reason(),
        outcome,
        detail,
        operator.correlationId());
  }

  /**
   * Who asks.
   *
   * @param name owner of the API key
   * @param correlationId of the request
   */
  record Operator(String name, String correlationId) {}
}
