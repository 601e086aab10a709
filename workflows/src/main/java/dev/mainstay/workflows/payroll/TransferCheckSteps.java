package dev.mainstay.workflows.payroll;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The steps before a run's first payout, on the queue {@code payments}: they look for transfers of
 * this installation that the database does not know, as after a restore from a backup. Each is safe
 * to run again.
 */
@ActivityInterface
public interface TransferCheckSteps {

  /**
   * Reads some of the provider's transfers since the end of the run's period, the latest first, and
   * keeps those that are unknown. Does nothing for a run that was checked.
   *
   * @param after what the call before named as its {@code next}; null for the first
   */
  @ActivityMethod(name = "checkTransfers")
  Checked check(UUID runId, @Nullable String after);

  /** What holds the run. */
  @ActivityMethod(name = "transferHold")
  Hold hold(UUID runId);

  /**
   * How far the list was read.
   *
   * @param next null at its end
   * @param adopted whether payouts of the run were paid by transfers that were unknown
   */
  record Checked(@Nullable String next, boolean adopted) {}

  /**
   * The unknown transfers that nobody has decided about.
   *
   * @param totals their numbers and amounts, for a person to read
   * @param amountMinor the total in the currency with the most transfers; null with currency where
   *     there is none
   */
  record Hold(
      int transfers, String totals, @Nullable Long amountMinor, @Nullable String currency) {}
}
