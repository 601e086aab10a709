package dev.mainstay.workflows.purchase;

import dev.mainstay.workflows.attention.OperatorNote;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.UUID;

/**
 * One purchase that needs more than the happy path: it waits for a trainer, or for an operator, and
 * takes up each step where the facts stand. Started by a split-off.
 */
@WorkflowInterface
public interface PurchaseWorkflow {

  /** The workflow's id: one run per payment. */
  static String id(String provider, String paymentId) {
    return "purchase/" + provider + "/" + paymentId;
  }

  @WorkflowMethod(name = "Purchase")
  Result run(Input input);

  /** Tries the step again that waits for an operator; changes nothing where none does. */
  @SignalMethod(name = "retry")
  void retry(OperatorNote note);

  /** Ends the purchase in whatever step it is. */
  @SignalMethod(name = "cancel")
  void cancel(Cancellation cancellation);

  /** In words: what the purchase waits for. */
  @QueryMethod(name = "waitingFor")
  String waitingFor();

  /**
   * Which purchase, and what is at risk.
   *
   * @param purchaseId fixed at intake
   * @param amountMinor what was paid, in minor units: the money at risk while it waits
   */
  record Input(UUID purchaseId, long amountMinor, String currency, String correlationId) {}

  /**
   * An operator's wish that it end.
   *
   * @param by the operator
   * @param reason in the operator's words
   * @param refund whether the money goes back
   */
  record Cancellation(String by, String reason, boolean refund) {}

  /** How the purchase ended, as far as this run is concerned. */
  enum Result {
    ACTIVE,
    CANCELLED,
    /** It was cancelled or refunded by somebody else. */
    ENDED
  }
}
