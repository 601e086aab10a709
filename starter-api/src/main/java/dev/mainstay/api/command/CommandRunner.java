package dev.mainstay.api.command;

import dev.mainstay.api.BackendProperties;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.db.audit.Audit;
import dev.mainstay.db.audit.AuditEntry;
import dev.mainstay.db.audit.AuditEntry.Outcome;
import dev.mainstay.db.intake.Intake;
import dev.mainstay.db.intake.IntakeWake;
import java.util.Objects;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs commands: what changes something. Each is one transaction, after whose commit the drainer is
 * woken.
 */
@Component
public class CommandRunner {

  private final TransactionOperations transactions;
  private final Intake intake;
  private final IdempotencyKeys idempotencyKeys;
  private final Audit audit;
  private final BackendProperties backend;

  CommandRunner(
      @Qualifier("commandTransactions") TransactionOperations transactions,
      DSLContext database,
      IntakeWake wake,
      JsonMapper json,
      BackendProperties backend) {
    this.transactions = transactions;
    this.intake = new Intake(database, wake);
    this.idempotencyKeys = new IdempotencyKeys(database, json);
    this.audit = new Audit(database);
    this.backend = backend;
  }

  /** A command of a caller, to be described and then run. */
  public Command by(Caller caller) {
    return new Command(this, caller, false, null);
  }

  /**
   * Takes in what a provider's signed event says.
   *
   * @throws Refusal where no backend runs processes; nothing was done
   */
  public <T> T runForEvent(Supplier<T> work) {
    backend.require();
    return inTransaction(work);
  }

  /** Runs the work in one transaction, and wakes the drainer once it has committed. */
  public <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transactions.execute(_ -> attempt(work))).answer();
  }

  /** Runs the work in one transaction, and wakes the drainer once it has committed. */
  public void doInTransaction(Runnable work) {
    var _ =
        inTransaction(() -> {
          work.run();
          return work;
        });
  }

  <T> T firstAnswer(Caller caller, Class<T> type, Supplier<T> work) {
    String key = caller.idempotencyKey();
    return key == null ? work.get() : idempotencyKeys.firstAnswer(caller, key, type, work);
  }

  /** Runs what may be refused; a refusal of an audited command is in the audit log. */
  <T> T auditingRefusals(Command command, Supplier<T> work) {
    try {
      if (command.needsBackend()) {
        backend.require();
      }
      return work.get();
    } catch (Refusal refusal) {
      AuditedAction action = command.action();
      if (action != null) {
        AuditedAction refused = action.withDetail(refusal.summary());
        transactions.executeWithoutResult(_ -> record(refused, command.caller(), Outcome.REFUSED));
      }
      throw refusal;
    }
  }

  void record(AuditedAction action, Caller caller, Outcome outcome) {
    audit.record(
        new AuditEntry(
            caller.name(),
            action.action(),
            action.subject(),
            action.subjectId(),
            action.reason(),
            outcome,
            action.detail(),
            caller.correlationId()));
  }

  private <T> Attempt<T> attempt(Supplier<T> work) {
    intake.wakeAfterCommit();
    try {
      return new Attempt<>(work.get(), null);
    } catch (Refusal refusal) {
      if (refusal.keepsChanges()) {
        return new Attempt<>(null, refusal);
      }
      throw refusal;
    }
  }

  /** What came of the work, where its transaction commits. */
  private record Attempt<T>(@Nullable T result, @Nullable Refusal refusal) {

    T answer() {
      if (refusal != null) {
        throw refusal;
      }
      return Objects.requireNonNull(result);
    }
  }
}
