package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.payroll.PayoutSteps.PayoutResult;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.UUID;

/** What a payout's own run asks of our own database. */
@ActivityInterface
public interface PayoutCaseSteps {

  /** How it stands with the payout; where it is failed or unknown also why. */
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
