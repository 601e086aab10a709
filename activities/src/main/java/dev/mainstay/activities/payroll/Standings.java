package dev.mainstay.activities.payroll;

import dev.mainstay.db.payroll.PayrollStatus;
import dev.mainstay.workflows.payroll.PayrollStage;
import dev.mainstay.workflows.payroll.PayrollSteps.Standing;
import org.jspecify.annotations.Nullable;

/** What the status of a run means to its workflow. */
final class Standings {

  private Standings() {}

  static Standing of(String status) {
    return of(status, null);
  }

  static Standing of(String status, @Nullable String because) {
    return new Standing(stage(status), because);
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
