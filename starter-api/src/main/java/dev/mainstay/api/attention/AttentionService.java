package dev.mainstay.api.attention;

import static dev.mainstay.db.generated.Tables.ATTENTION;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.RESTART_UNFINISHED;

import dev.mainstay.api.access.Caller;
import dev.mainstay.api.attention.ProcessSignals.Answer;
import dev.mainstay.api.command.AuditedAction;
import dev.mainstay.api.command.Command;
import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.api.payroll.TransferDecisions;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.refund.RefundService;
import dev.mainstay.db.generated.tables.records.AttentionRecord;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.purchase.PurchaseWorkflow;
import dev.mainstay.workflows.refund.RefundWorkflow;
import dev.mainstay.workflows.step.OperatorAction;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/**
 * Carries out operators' requests about attention items: by a signal to the waiting process, or by
 * itself if no process was ever started, or its run was lost.
 */
@Component
class AttentionService {

  private final CommandRunner commands;
  private final AttentionQueries items;
  private final ProcessSignals processes;
  private final RefundService refunds;
  private final TransferDecisions transfers;
  private final DSLContext database;

  AttentionService(
      CommandRunner commands,
      AttentionQueries items,
      ProcessSignals processes,
      RefundService refunds,
      TransferDecisions transfers,
      DSLContext database) {
    this.commands = commands;
    this.items = items;
    this.processes = processes;
    this.refunds = refunds;
    this.transfers = transfers;
    this.database = database;
  }

  /**
   * Does it.
   *
   * @throws Refusal where there is no such item, it is resolved, it does not allow the action, or
   *     its process cannot do what is asked; then nothing was changed
   */
  void act(UUID id, OperatorAction action, OperatorRequest request, Caller caller) {
    Optional<AttentionRecord> found = items.find(id);
    String subject = found.map(AttentionRecord::getBusinessKey).orElse("attention/" + id);
    UUID subjectId = found.map(AttentionRecord::getSubjectId).orElse(null);
    AuditedAction entry = new AuditedAction(action.text(), subject, subjectId, request.reason());
    Command command = commands.by(caller).needingBackend();
    if (action == OperatorAction.RESTART) {
      // It is in the audit log by the restart itself, which recover shares.
      var _ =
          command
              .audited(entry)
              .run(() -> restart(offering(found, action), request, caller), (_, _) -> null);
      return;
    }
    if (found
        .filter(item -> AttentionItem.STEPS_WITHOUT_RUN.contains(item.getStep()))
        .isPresent()) {
      AttentionRecord item = found.get();
      var _ =
          command
              .audited(entry.withDetail("step " + item.getStep()))
              .run(() -> resolve(offering(found, action), action, request, caller));
      return;
    }
    Answer answer =
        command
            .audited(entry)
            .runOutside(
                () -> signal(offering(found, action), action, request, caller),
                // The process records an accepted action itself.
                (_, _) -> null);
    if (answer instanceof Answer.Refused refused) {
      throw Refusal.conflict(refused.reason(), refused.why());
    }
  }

  /**
   * Decides about the unknown transfers that hold a payroll run, in a transaction for its
   * authenticated caller; then the run looks again.
   *
   * @throws Refusal where the item does not allow it, or a transfer differs from its payout
   */
  void decide(
      UUID id, OperatorAction action, OperatorRequest.TransferDecision decision, Caller caller) {
    Optional<AttentionRecord> found = items.find(id);
    var entry =
        new AuditedAction(
            action.text(),
            found.map(AttentionRecord::getBusinessKey).orElse("attention/" + id),
            found.map(AttentionRecord::getSubjectId).orElse(null),
            decision.reason());
    var _ =
        commands
            .by(caller)
            .needingBackend()
            .audited(entry)
            .run(
                () -> decided(offering(found, action), action, decision, caller),
                (done, transfers) -> done.withDetail(transfers + " transfers"));
    act(id, OperatorAction.RETRY, decision, caller);
  }

  private int decided(
      AttentionRecord item,
      OperatorAction action,
      OperatorRequest.TransferDecision decision,
      Caller caller) {
    UUID run = item.getSubjectId();
    String transfer = decision.transferId();
    return action == OperatorAction.ADOPT
        ? transfers.adopt(run, transfer, decision.reason(), caller)
        : transfers.disown(run, transfer, decision.reason(), caller);
  }

  /** The item, if it is open and offers the action. */
  private static AttentionRecord offering(Optional<AttentionRecord> found, OperatorAction action) {
    AttentionRecord item = found.orElseThrow(() -> Refusal.notFound("attention item"));
    if (item.getStatus().equals("resolved")) {
      throw alreadyResolved();
    }
    if (!Arrays.asList(item.getActions()).contains(action.text())) {
      throw Refusal.conflict(
          "action-not-offered",
          "Step %s does not allow %s".formatted(item.getStep(), action.text()));
    }
    return item;
  }

  /** Sends the signal; the answer is that it is done, or that the process has refused it. */
  private Answer signal(
      AttentionRecord item, OperatorAction action, OperatorRequest request, Caller caller) {
    boolean withRefund =
        request.givesMoneyBack() && item.getProcess().equals(PurchaseWorkflow.NAME);
    if (withRefund) {
      requestRefund(item, request, caller);
    }
    Answer answer = processes.send(item.getBusinessKey(), action, request.input(caller.name()));
    if (withRefund) {
      // The refund is requested, and ends the purchase if the cancellation came too late.
      return new Answer.Done();
    }
    return switch (answer) {
      case Answer.Done _ -> answer;
      case Answer.Refused _ -> answer;
      case Answer.NotApplicable not -> throw Refusal.conflict("not-applicable", not.why());
      case Answer.Gone _ ->
          throw Refusal.conflict("process-ended", "The process that waited has ended");
    };
  }

  /** First, for its authenticated caller: no signal moves money, and none that is lost keeps it. */
  private void requestRefund(AttentionRecord item, OperatorRequest request, Caller caller) {
    AuditedAction entry =
        new AuditedAction("refund", item.getBusinessKey(), item.getSubjectId(), request.reason());
    var _ =
        commands
            .by(caller)
            .audited(entry)
            .run(() -> {
              refunds.requestRemaining(item.getSubjectId(), request.reason(), caller);
              return item;
            });
  }

  private AttentionRecord resolve(
      AttentionRecord item, OperatorAction action, OperatorRequest request, Caller caller) {
    int changed =
        database
            .update(ATTENTION)
            .set(ATTENTION.STATUS, "resolved")
            .set(ATTENTION.RESOLVED_AT, DSL.currentInstant())
            .set(ATTENTION.RESOLUTION, action.text())
            .set(ATTENTION.RESOLVED_BY, caller.name())
            .set(ATTENTION.RESOLUTION_REASON, request.reason())
            .where(ATTENTION.ID.eq(item.getId()), ATTENTION.STATUS.eq("open"))
            .execute();
    if (changed == 0) {
      throw alreadyResolved();
    }
    if (action == OperatorAction.RETRY) {
      if (item.getProcess().equals(RefundWorkflow.NAME) && item.getStep().equals("failed")) {
        refunds.requestAgain(item.getSubjectId(), item.getBusinessKey(), request.reason(), caller);
      } else {
        requeue(item);
      }
    }
    return item;
  }

  /** Has the drainer start the process again, if the facts still call it unfinished. */
  private AttentionRecord restart(AttentionRecord item, OperatorRequest request, Caller caller) {
    int restarted =
        database
            .selectFrom(
                RESTART_UNFINISHED.call(
                    new UUID[] {item.getIntakeId()},
                    caller.name(),
                    request.reason(),
                    caller.correlationId()))
            .fetch()
            .size();
    if (restarted == 0) {
      throw Refusal.conflict(
          "not-unfinished", "The process is over, or was started again; the item closes by itself");
    }
    return item;
  }

  /** Lets the drainer claim the item's row of the intake again. */
  private void requeue(AttentionRecord item) {
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
}
