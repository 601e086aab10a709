package dev.mainstay.activities.payroll;

import dev.mainstay.db.payroll.PayrollStatus;
import dev.mainstay.workflows.payroll.PayrollStage;
import dev.mainstay.workflows.payroll.PayrollSteps.RunState;
import org.jspecify.annotations.Nullable;

/** Maps the status of a run to its stage in the workflow. */
final class RunStates {

  private RunStates() {}

  static RunState of(String status) {
    return of(status, null);
  }

  static RunState of(String status, @Nullable String pauseReason) {
    return new RunState(stage(status), pauseReason);
  }

  static PayrollStage stage(String status) {
    return switch (PayrollStatus.of(status)) {
      case AWAITING_APPROVAL -> PayrollStage.APPROVAL;
      case FREEZING -> PayrollStage.FREEZE;
      case FROZEN, PAYING -> PayrollStage.PAY;
      case PAUSED -> PayrollStage.PAUSED;
      case COMPLETED -> PayrollStage.COMPLETED;
      case CANCELLED -> PayrollStage.CANCELLED;
    };
  }
}
