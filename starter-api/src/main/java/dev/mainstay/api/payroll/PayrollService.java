package dev.mainstay.api.payroll;

import static dev.mainstay.db.generated.Tables.PAYROLL_PROPOSAL;
import static dev.mainstay.db.generated.Tables.PAYROLL_RUN;
import static java.util.Objects.requireNonNull;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.field;

import dev.mainstay.api.BackendProperties;
import dev.mainstay.api.Features;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.database.IntakeDatabase;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.purchase.IdempotencyKeys;
import dev.mainstay.db.audit.Audit;
import dev.mainstay.db.audit.AuditEntry;
import dev.mainstay.db.audit.AuditEntry.Outcome;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.intake.Intake;
import dev.mainstay.db.intake.IntakeWake;
import dev.mainstay.workflows.payroll.PayrollWorkflow;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes in what people want of payroll, each in one transaction. What is refused stands in the
 * audit log, too.
 */
@Component
class PayrollService {

  private final DSLContext database;
  private final TransactionOperations transaction;
  private final Intake intake;
  private final IdempotencyKeys idempotencyKeys;
  private final Audit audit;
  private final InstantSource clock;
  private final BackendProperties backend;
  private final Features features;
  private final ZoneId zone;

  PayrollService(
      IntakeDatabase database,
      IntakeWake wake,
      JsonMapper json,
      InstantSource clock,
      BackendProperties backend,
      Features features,
      PayrollZoneProperties payroll) {
    this.database = database.jooq();
    this.transaction = database.transaction();
    this.intake = new Intake(this.database, wake);
    this.idempotencyKeys = new IdempotencyKeys(this.database, json);
    this.audit = new Audit(this.database);
    this.clock = clock;
    this.backend = backend;
    this.features = features;
    this.zone = payroll.zone();
  }

  /**
   * Asks for the run of a period, or joins the one that there is.
   *
   * @throws Refusal if payroll is off or the period has not ended; then nothing is stored
   */
  PayrollRunAcceptedResponse request(PayrollPeriod period, Caller caller) {
    return refusalsAudited(
        "request",
        period,
        null,
        null,
        caller,
        () -> {
          backend.require();
          features.require(PayrollWorkflow.NAME);
          period.requireEnded(zone, clock.instant());
          return inTransaction(() ->
              idempotencyKeys.firstAnswer(
                  caller.client().owner(),
                  caller.idempotencyKey(),
                  "POST " + period.runsPath(),
                  () -> make(period, caller),
                  PayrollRunAcceptedResponse.class,
                  Function.identity(),
                  Function.identity()));
        });
  }

  private PayrollRunAcceptedResponse make(PayrollPeriod period, Caller caller) {
    UUID id =
        requireNonNull(
            Routines.requestPayroll(
                database.configuration(),
                period.cadence().text(),
                period.start(),
                zone.getId(),
                caller.client().owner(),
                caller.correlationId(),
                clock.instant()));
    PayrollRunAcceptedResponse answer =
        database
            .select(
                PAYROLL_RUN.STATUS,
                // The time of this transaction, which no other has
                field(PAYROLL_RUN.REQUESTED_AT.ne(currentInstant())))
            .from(PAYROLL_RUN)
            .where(PAYROLL_RUN.ID.eq(id))
            .fetchSingle(row ->
                new PayrollRunAcceptedResponse(
                    id, period.workflowId(), row.value1(), row.value2()));
    String detail = answer.joined() ? "joined" : "made";
    audit.record(entry("request", period, id, null, Outcome.DONE, detail, caller));
    return answer;
  }

  /**
   * Approves exactly what has this hash.
   *
   * @throws Refusal if the run waits for no approval, its set has changed since, or the caller was
   *     the last to change it
   */
  void approve(PayrollPeriod period, UUID run, PayrollApprovalRequest approval, Caller caller) {
    refusalsAudited(
        "approve",
        period,
        run,
        null,
        caller,
        () -> {
          backend.require();
          requireRun(period, run);
          String outcome =
              inTransaction(() -> {
                LongQuery.begin(database);
                String said =
                    Routines.approvePayroll(
                        database.configuration(), run, approval.hash(), caller.client().owner());
                if (said.equals("approved")) {
                  audit.record(
                      entry("approve", period, run, null, Outcome.DONE, approval.hash(), caller));
                }
                return said;
              });
          switch (outcome) {
            case "approved" -> {}
            case "changed" -> throw Refusal.hashChanged(proposed(run));
            case "same-person" ->
                throw Refusal.conflict(
                    "same-person", "Who was the last to change what is paid cannot approve it");
            case "not-awaiting" ->
                throw Refusal.conflict("not-awaiting", "The run does not wait for approval");
            default -> throw new IllegalStateException("Unknown outcome " + outcome);
          }
          return run;
        });
  }

  /**
   * Ends a run that waits for approval: its period can be asked for again.
   *
   * @throws Refusal if it waits for none
   */
  void cancel(PayrollPeriod period, UUID run, String reason, Caller caller) {
    refusalsAudited(
        "cancel",
        period,
        run,
        reason,
        caller,
        () -> {
          backend.require();
          requireRun(period, run);
          boolean cancelled =
              inTransaction(() -> {
                boolean done =
                    Routines.cancelPayroll(
                        database.configuration(), run, caller.client().owner(), reason);
                if (done) {
                  audit.record(entry("cancel", period, run, reason, Outcome.DONE, null, caller));
                }
                return done;
              });
          if (!cancelled) {
            throw Refusal.conflict("not-awaiting", "The run does not wait for approval");
          }
          return run;
        });
  }

  private void requireRun(PayrollPeriod period, UUID run) {
    if (!database.fetchExists(
        PAYROLL_RUN,
        PAYROLL_RUN.ID.eq(run),
        PAYROLL_RUN.CADENCE.eq(period.cadence().text()),
        PAYROLL_RUN.PERIOD_START.eq(period.start()))) {
      throw Refusal.notFound("run");
    }
  }

  private String proposed(UUID run) {
    return requireNonNull(
        database
            .select(PAYROLL_PROPOSAL.HASH)
            .from(PAYROLL_PROPOSAL)
            .where(PAYROLL_PROPOSAL.RUN_ID.eq(run))
            .orderBy(PAYROLL_PROPOSAL.ORDINAL.desc())
            .limit(1)
            .fetchSingle(PAYROLL_PROPOSAL.HASH));
  }

  private <T> T inTransaction(Supplier<T> work) {
    return requireNonNull(
        transaction.execute(_ -> {
          intake.wakeAfterCommit();
          return work.get();
        }));
  }

  private <T> T refusalsAudited(
      String action,
      PayrollPeriod period,
      @Nullable UUID run,
      @Nullable String reason,
      Caller caller,
      Supplier<T> work) {
    try {
      return work.get();
    } catch (Refusal refusal) {
      String why = refusal.getBody().getDetail();
      transaction.executeWithoutResult(
          _ -> audit.record(entry(action, period, run, reason, Outcome.REFUSED, why, caller)));
      throw refusal;
    }
  }

  private static AuditEntry entry(
      String action,
      PayrollPeriod period,
      @Nullable UUID run,
      @Nullable String reason,
      Outcome outcome,
      @Nullable String detail,
      Caller caller) {
    return new AuditEntry(
        caller.client().owner(),
        action,
        period.workflowId(),
        run,
        reason,
        outcome,
        detail,
        caller.correlationId());
  }
}
