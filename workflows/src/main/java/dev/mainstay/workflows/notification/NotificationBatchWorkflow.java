package dev.mainstay.workflows.notification;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import java.util.UUID;

/**
 * Tells of the events that one claim of the intake took, up to 50 together, with one try on each
 * channel. It never waits for an operator: an event of which something was not sent is handed back
 * to the intake and goes on as a {@link NotificationWorkflow}, as one does that is claimed alone.
 */
@WorkflowInterface
public interface NotificationBatchWorkflow {

  /** How many events one run carries at most. */
  int MAX_BATCH_SIZE = 50;

  /** The workflow's id: one run per claim of several. */
  static String id(UUID claimId) {
    return "notification-batch/" + claimId;
  }

  @WorkflowMethod(name = "NotificationBatch")
  Result run(Input input);

  /**
   * The events that one claim took.
   *
   * @param intakeIds of their rows in the intake, 1 to {@link #MAX_BATCH_SIZE}
   */
  record Input(List<UUID> intakeIds) {
    public Input {
      intakeIds = List.copyOf(intakeIds);
      if (intakeIds.isEmpty() || intakeIds.size() > MAX_BATCH_SIZE) {
        throw new IllegalArgumentException("intakeIds must be 1 to " + MAX_BATCH_SIZE);
      }
    }
  }

  /**
   * What came of them; each message says more.
   *
   * @param sent how many messages were sent
   * @param requeued how many events go on alone
   */
  record Result(int sent, int requeued) {}
}
