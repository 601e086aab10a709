package dev.mainstay.workflows.purchase;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import java.util.UUID;

/**
 * Carries the purchases of one claim of the intake, from 1 to 50, through all their steps in one
 * workflow task. It never waits for an operator: a purchase that needs one is split off and
 * continues as a {@link PurchaseWorkflow}.
 */
@WorkflowInterface
public interface PurchaseBatchWorkflow {

  /** The kind of the intake rows of payments. */
  String KIND = "purchase";

  /** How many purchases one run carries at most. */
  int MAX_BATCH_SIZE = 50;

  /** The workflow's id: one run per claim. */
  static String id(UUID claimId) {
    return "purchase-batch/" + claimId;
  }

  @WorkflowMethod(name = "PurchaseBatch")
  Result run(Input input);

  /**
   * The purchases that one claim took.
   *
   * @param purchaseIds 1 to {@link #MAX_BATCH_SIZE}
   */
  record Input(List<UUID> purchaseIds) {
    public Input {
      purchaseIds = List.copyOf(purchaseIds);
      if (purchaseIds.isEmpty() || purchaseIds.size() > MAX_BATCH_SIZE) {
        throw new IllegalArgumentException("purchaseIds must be 1 to " + MAX_BATCH_SIZE);
      }
    }
  }

  /**
   * The result of the batch.
   *
   * @param completed the number of purchases that went through all steps
   * @param splitOff the number of purchases that continue alone
   */
  record Result(int completed, int splitOff) {}
}
