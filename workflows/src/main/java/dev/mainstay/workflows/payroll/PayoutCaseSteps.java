package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.payroll.PayoutSteps.PayoutResult;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.UUID;

/** The database steps of a payout's own run. */
@ActivityInterface
public interface PayoutCaseSteps {

  /** The payout's state; if it is failed or unknown, also the reason. */
  @ActivityMethod(name = "lookAtPayout")
  PayoutResult look(UUID payoutId);

  /**
   * An operator wants a payout tried again that was refused.
   *
   * @return whether it still was
   */
  @ActivityMethod(name = "reopenPayout")
  boolean reopen(UUID payoutId);
}
