package dev.mainstay.activities.payroll;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.mainstay.db.generated.Routines;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.payroll.PayrollSteps;
import java.util.UUID;
import org.jooq.Configuration;
import org.jooq.DSLContext;

/** Each step one call, which is one transaction. */
public final class PayrollStepsImpl implements PayrollSteps {

  private final Configuration database;
  private final boolean approvalRequired;

  /**
   * @param approvalRequired whether a run that begins has to be approved
   */
  public PayrollStepsImpl(DSLContext database, boolean approvalRequired) {
    this.database = database.configuration();
    this.approvalRequired = approvalRequired;
  }

  @Override
  public RunState begin(UUID runId) {
    return RunStates.of(requireNonNull(Routines.startPayroll(database, runId, approvalRequired)));
  }

  @Override
  public RunState applyApproval(UUID runId) {
    return RunStates.of(requireNonNull(Routines.applyApproval(database, runId)));
  }

  @Override
  public RunState cancel(UUID runId, OperatorNote note) {
    Routines.cancelPayroll(database, runId, note.by(), note.reason());
    return applyApproval(runId);
  }

  @Override
  public UUID successor(UUID runId) {
    return requireNonNullElse(Routines.payrollSuccessor(database, runId), runId);
  }

  @Override
  public RunState pause(UUID runId, String reason) {
    var paused = Routines.pausePayroll(database, runId, reason);
    return RunStates.of(paused.getStatus(), paused.getPauseReason());
  }

  @Override
  public boolean hold(UUID runId, OperatorNote note) {
    return Boolean.TRUE.equals(Routines.holdPayroll(database, runId, note.by()));
  }

  @Override
  public boolean resume(UUID runId) {
    return Boolean.TRUE.equals(Routines.resumePayroll(database, runId));
  }

  @Override
  public Remaining finish(UUID runId) {
    var left = Routines.finishPayroll(database, runId);
    return new Remaining(RunStates.stage(left.getStatus()), left.getToPay(), left.getUnknown());
  }
}
