package dev.mainstay.workflows.notification;

import dev.mainstay.workflows.process.OperatorSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.UUID;

/**
 * Tells everybody concerned of one event, on every channel: what can be sent is sent at once, and
 * what no attempt could send waits for an operator. Its {@code cancel} sends nothing more of the
 * event.
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
   * Which event.
   *
   * @param event as {@code booking.created}
   * @param subjectId of the booking, the purchase, ...
   */
  record Input(UUID intakeId, String event, UUID subjectId, String correlationId) {}

  /**
   * What came of it; each message says more.
   *
   * @param sent how many messages were sent
   * @param cancelled whether an operator ended it
   */
  record Result(int sent, boolean cancelled) {}
}
