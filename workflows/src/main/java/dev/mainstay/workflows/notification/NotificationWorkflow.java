package dev.mainstay.workflows.notification;

import dev.mainstay.workflows.process.OperatorSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.UUID;

/**
 * Sends the messages of one event on every channel: everything that can be sent is sent
 * immediately, and the messages that no attempt could send wait for an operator. Its {@code cancel}
 * sends nothing more of the event.
 */
@WorkflowInterface
public interface NotificationWorkflow extends OperatorSignals {

  /** The process, which is its module's and its flag's name too. */
  String NAME = "notification";

  /**
   * The workflow's id.
   *
   * @param event as {@code booking.created}
   */
  static String id(String event, UUID subjectId) {
    return NAME + "/" + event + "/" + subjectId;
  }

  @WorkflowMethod(name = "Notification")
  Result run(Input input);

  /**
   * Identifies the event.
   *
   * @param event as {@code booking.created}
   * @param subjectId of the booking, the purchase, ...
   */
  record Input(UUID intakeId, String event, UUID subjectId, String correlationId) {}

  /**
   * The result of the notification; each message's row has the details.
   *
   * @param sent the number of messages sent
   * @param cancelled whether an operator ended it
   */
  record Result(int sent, boolean cancelled) {}
}
