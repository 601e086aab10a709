package dev.mainstay.workflows.notification;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import java.util.UUID;

/**
 * Sends the messages for the events of one claim of the intake, up to 50 together, with one try on
 * each channel. It never waits for an operator: an event with an unsent message is returned to the
 * intake and continues as a {@link NotificationWorkflow}, as does an event that is claimed alone.
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
   * The result of the batch; each message's row has the details.
   *
   * @param sent the number of messages sent
   * @param requeued the number of events that continue alone
   */
  record Result(int sent, int requeued) {}
}
