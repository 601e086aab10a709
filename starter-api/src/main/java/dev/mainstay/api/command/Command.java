package dev.mainstay.api.command;

import dev.mainstay.api.access.Caller;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.db.audit.AuditEntry.Outcome;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A caller's request: described step by step, and then run. A command that throws a {@link Refusal}
 * leaves nothing behind but its entry in the audit log, if the command is audited.
 */
public final class Command {

  private final CommandRunner runner;
  private final Caller caller;
  private final boolean needsBackend;
  private final @Nullable AuditedAction action;

  Command(
      CommandRunner runner, Caller caller, boolean needsBackend, @Nullable AuditedAction action) {
    this.runner = runner;
    this.caller = caller;
    this.needsBackend = needsBackend;
    this.action = action;
  }

  /** Refuses the command where no backend runs processes. */
  public Command needingBackend() {
    return new Command(runner, caller, true, action);
  }

  /**
   * Refuses the command, without an entry in the audit log, where the caller sees nothing that it
   * is about.
   *
   * @param kind of what it is about, as {@code booking}
   */
  public Command about(String kind, Optional<?> visible) {
    if (visible.isEmpty()) {
      throw Refusal.notFound(kind);
    }
    return this;
  }

  /** Enters the command into the audit log, whether it is done or refused. */
  public Command audited(AuditedAction entry) {
    return new Command(runner, caller, needsBackend, entry);
  }

  /** Enters the command into the audit log where the caller is an operator. */
  public Command auditedOfOperators(AuditedAction entry) {
    return caller.isOperator() ? audited(entry) : this;
  }

  /** Runs the work in one transaction. */
  public <T> T run(Supplier<T> work) {
    return run(work, Command::asDescribed);
  }

  /**
   * Runs the work in one transaction.
   *
   * @param done the entry in the audit log, given the work's result; null for none
   */
  public <T> T run(Supplier<T> work, BiFunction<AuditedAction, T, @Nullable AuditedAction> done) {
    requireNoKey();
    return runner.auditingRefusals(
        this, () -> runner.inTransaction(() -> recorded(work.get(), done)));
  }

  /**
   * Runs the work in one transaction, once under an idempotency key: a repeat is given the first
   * answer.
   */
  public <T> T runOnce(Class<T> type, Supplier<T> work) {
    return runOnce(type, work, Command::asDescribed);
  }

  /**
   * Runs the work in one transaction, once under an idempotency key: a repeat is given the first
   * answer.
   *
   * @param done the entry in the audit log, given the work's answer; null for none
   */
  public <T> T runOnce(
      Class<T> type, Supplier<T> work, BiFunction<AuditedAction, T, @Nullable AuditedAction> done) {
    return runner.auditingRefusals(
        this,
        () ->
            runner.inTransaction(
                () -> runner.firstAnswer(caller, type, () -> recorded(work.get(), done))));
  }

  /**
   * Runs work that no transaction can hold, as a call to Temporal.
   *
   * @param done the entry in the audit log, given the work's result; null for none
   */
  public <T> T runOutside(
      Supplier<T> work, BiFunction<AuditedAction, T, @Nullable AuditedAction> done) {
    requireNoKey();
    return runner.auditingRefusals(
        this,
        () -> {
          T result = work.get();
          AuditedAction entry = entry(result, done);
          return entry == null ? result : runner.inTransaction(() -> record(entry, result));
        });
  }

  Caller caller() {
    return caller;
  }

  boolean needsBackend() {
    return needsBackend;
  }

  @Nullable AuditedAction action() {
    return action;
  }

  private <T> T recorded(T result, BiFunction<AuditedAction, T, @Nullable AuditedAction> done) {
    AuditedAction entry = entry(result, done);
    return entry == null ? result : record(entry, result);
  }

  private <T> @Nullable AuditedAction entry(
      T result, BiFunction<AuditedAction, T, @Nullable AuditedAction> done) {
    return action == null ? null : done.apply(action, result);
  }

  private <T> T record(AuditedAction entry, T result) {
    runner.record(entry, caller, Outcome.DONE);
    return result;
  }

  private void requireNoKey() {
    if (caller.idempotencyKey() != null) {
      throw new IllegalStateException(
          "An idempotent command keeps its answer: " + caller.request());
    }
  }

  private static AuditedAction asDescribed(AuditedAction action, Object result) {
    return action;
  }
}
