package dev.mainstay.activities.refund;

import dev.mainstay.workflows.purchase.PurchaseWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a purchase that runs alone, and may wait, that its payment went back. */
@FunctionalInterface
public interface PurchaseWake {

  void refunded(String provider, String paymentId);

  /** By a signal; a run that has not begun or is over needs none. */
  static PurchaseWake by(WorkflowClient client) {
    Logger log = LoggerFactory.getLogger(PurchaseWake.class);
    return (provider, paymentId) -> {
      String id = PurchaseWorkflow.id(provider, paymentId);
      try {
        client.newWorkflowStub(PurchaseWorkflow.class, id).refunded();
      } catch (WorkflowNotFoundException e) {
        log.debug("Nothing waits in {}", id, e);
      }
    };
  }
}
