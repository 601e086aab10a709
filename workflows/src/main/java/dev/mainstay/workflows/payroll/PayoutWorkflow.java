package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.process.OperatorSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.LocalDate;
import java.util.UUID;

/**
 * One payout that was refused or whose outcome is unknown. An unknown outcome is queried again for
 * as long as it takes; a refused payout waits for an operator, who retries or cancels it.
 *
 * <p>{@code cancel} gives the payout up: its earnings return to the next run. It is refused if a
 * transfer was accepted, or may have been.
 */
@WorkflowInterface
public interface PayoutWorkflow extends OperatorSignals {

  /** The process, and the kind of its intake rows. */
  String NAME = "payout";

  static String id(UUID payoutId) {
    return NAME + "/" + payoutId;
  }

  @WorkflowMethod(name = "Payout")
  Result run(Input input);

  /**
   * Identifies the payout.
   *
   * @param cadence and periodStart name the run that it belongs to
   * @param amountMinor in minor units
   */
  record Input(
      UUID payoutId,
      String cadence,
      LocalDate periodStart,
      long amountMinor,
      String currency,
      String correlationId) {}

  /** How it ended. */
  enum Result {
    /** The vendor has the money. */
    PAID,
    /** Its earnings have returned to the next run. */
    CANCELLED
  }
}
