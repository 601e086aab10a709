package dev.mainstay.api.command;

import dev.mainstay.api.BackendProperties;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.db.TimeOrderedId;
import dev.mainstay.db.audit.Audit;
import dev.mainstay.db.audit.AuditEntry;
import dev.mainstay.db.audit.AuditEntry.Outcome;
import dev.mainstay.db.intake.Intake;
import dev.mainstay.db.intake.IntakeRow;
import dev.mainstay.db.intake.IntakeWake;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
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

  private static final String FOREIGN_KEY_VIOLATION = "23503";

  private final TransactionOperations transactions;
  private final Intake intake;
  private final IdempotencyKeys idempotencyKeys;
  private final Audit audit;
  private final BackendProperties backend;
  private final JsonMapper json;
  private final InstantSource clock;

  CommandRunner(
      @Qualifier("commandTransactions") TransactionOperations transactions,
      DSLContext database,
      IntakeWake wake,
      JsonMapper json,
      BackendProperties backend,
      InstantSource clock) {
    this.transactions = transactions;
    this.intake = new Intake(database, wake);
    this.idempotencyKeys = new IdempotencyKeys(database, json);
    this.audit = new Audit(database);
    this.backend = backend;
    this.json = json;
    this.clock = clock;
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

  /**
   * Takes in a row that starts a process, inside a command.
   *
   * @return the new id of what the process makes
   */
  public UUID start(String kind, Object body, Caller caller) {
    UUID id = TimeOrderedId.next(clock);
    start(kind, id, body, caller);
    return id;
  }

  /**
   * Takes in a row that starts a process, inside a command.
   *
   * @param kind of the row
   * @param id of what the process makes
   * @param body the record of the kind; no personal data
   */
  public void start(String kind, UUID id, Object body, Caller caller) {
    var _ =
        intake.take(
            new IntakeRow(
                kind,
                kind,
                id.toString(),
                id,
                json.writeValueAsString(body),
                caller.name(),
                caller.correlationId()));
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
    } catch (DataAccessException failure) {
      if (FOREIGN_KEY_VIOLATION.equals(failure.sqlState())) {
        throw Refusal.unknownReference(failure);
      }
      throw failure;
    }
  }

  /** The outcome of work whose transaction commits. */
  private record Attempt<T>(@Nullable T result, @Nullable Refusal refusal) {

    T answer() {
      if (refusal != null) {
        throw refusal;
      }
      return Objects.requireNonNull(result);
    }
  }
}
