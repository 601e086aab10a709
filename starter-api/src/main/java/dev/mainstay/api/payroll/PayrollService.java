package dev.mainstay.api.payroll;

import static dev.mainstay.db.generated.Tables.PAYROLL_PROPOSAL;
import static dev.mainstay.db.generated.Tables.PAYROLL_RUN;
import static java.util.Objects.requireNonNull;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.field;

import dev.mainstay.api.Features;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.command.AuditedAction;
import dev.mainstay.api.command.Command;
import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.workflows.payroll.PayrollWorkflow;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Requests, approves and cancels payroll runs. */
@Component
class PayrollService {

  private final CommandRunner commands;
  private final DSLContext database;
  private final InstantSource clock;
  private final Features features;
  private final ZoneId zone;
  private final Duration accountHold;

  PayrollService(
      CommandRunner commands,
      DSLContext database,
      InstantSource clock,
      Features features,
      PayrollRunProperties payroll) {
    this.commands = commands;
    this.database = database;
    this.clock = clock;
    this.features = features;
    this.zone = payroll.zone();
    this.accountHold = payroll.accountChangeHold();
  }

  /**
   * Requests the run of a period, or joins the one that there is.
   *
   * @throws Refusal if payroll is off or the period has not ended
   */
  PayrollRunAcceptedResponse request(PayrollPeriod period, Caller caller) {
    return audited("request", period, null, null, caller)
        .runOnce(
            PayrollRunAcceptedResponse.class,
            () -> {
              features.require(PayrollWorkflow.NAME);
              period.requireEnded(zone, clock.instant());
              return requestRun(period, caller);
            },
            (entry, run) ->
                entry.withSubjectId(run.id()).withDetail(run.joined() ? "joined" : "made"));
  }

  /**
   * Approves exactly what has this hash.
   *
   * @throws Refusal if the run waits for no approval, its set has changed since, or the caller has
   *     changed it
   */
  void approve(PayrollPeriod period, UUID run, PayrollApprovalRequest approval, Caller caller) {
    var _ =
        audited("approve", period, run, null, caller)
            .run(
                () -> {
                  requireRun(period, run);
                  LongQuery.begin(database);
                  String outcome =
                      Routines.approvePayroll(
                          database.configuration(), run, approval.hash(), caller.name());
                  return switch (outcome) {
                    case "approved" -> outcome;
                    // A proposal that has changed is kept: it is what may be approved now.
                    case "changed" -> throw Refusal.hashChanged(proposed(run)).keepingChanges();
                    case "same-person" ->
                        throw Refusal.conflict(
                                "same-person",
                                "The approver has changed what is paid since it was last approved")
                            .keepingChanges();
                    case "not-awaiting" -> throw notAwaiting();
                    default -> throw new IllegalStateException("Unknown outcome " + outcome);
                  };
                },
                (entry, _) -> entry.withDetail(approval.hash()));
  }

  /**
   * Ends a run that waits for approval: its period can be run again.
   *
   * @throws Refusal if it waits for none
   */
  void cancel(PayrollPeriod period, UUID run, String reason, Caller caller) {
    var _ =
        audited("cancel", period, run, reason, caller)
            .run(() -> {
              requireRun(period, run);
              if (!Routines.cancelPayroll(database.configuration(), run, caller.name(), reason)) {
                throw notAwaiting();
              }
              return run;
            });
  }

  private Command audited(
      String action,
      PayrollPeriod period,
      @Nullable UUID run,
      @Nullable String reason,
      Caller caller) {
    return commands
        .by(caller)
        .needingBackend()
        .audited(new AuditedAction(action, period.workflowId(), run, reason));
  }

  private PayrollRunAcceptedResponse requestRun(PayrollPeriod period, Caller caller) {
    UUID id =
        requireNonNull(
            Routines.requestPayroll(
                database.configuration(),
                period.cadence().text(),
                period.start(),
                zone.getId(),
                Math.toIntExact(accountHold.toSeconds()),
                caller.name(),
                caller.correlationId(),
                clock.instant()));
    return database
        .select(
            PAYROLL_RUN.STATUS,
            // The time of this transaction, which no other has
            field(PAYROLL_RUN.REQUESTED_AT.ne(currentInstant())))
        .from(PAYROLL_RUN)
        .where(PAYROLL_RUN.ID.eq(id))
        .fetchSingle(row ->
            new PayrollRunAcceptedResponse(id, period.workflowId(), row.value1(), row.value2()));
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

  private static Refusal notAwaiting() {
    return Refusal.conflict("not-awaiting", "The run does not wait for approval");
  }
}
