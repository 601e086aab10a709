package dev.mainstay.workflows.notification;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import java.util.UUID;

/**
 * The steps of a notification on our own database, each one transaction, each safe to run again.
 */
@ActivityInterface
public interface NotificationSteps {

  /** Writes a row for each message of the event, by channel and recipient. */
  @ActivityMethod(name = "planMessages")
  Plan plan(Notification notification);

  /**
   * The same for all events that a claim took.
   *
   * @param intakeIds of their rows in the intake, which are done with the plan
   */
  @ActivityMethod(name = "planAllMessages")
  Plan planAll(List<UUID> intakeIds);

  /**
   * Returns the events that are not fully planned or sent to the intake: each is claimed again
   * immediately, alone.
   *
   * @return the number of these events
   */
  @ActivityMethod(name = "requeueNotifications")
  int requeue(List<UUID> intakeIds);

  /** Sends none of these any more that still waits. */
  @ActivityMethod(name = "suppressMessages")
  void suppress(List<UUID> messages, String because);

  /**
   * Identifies the event.
   *
   * @param intakeId of its row in the intake, which is done with the plan
   * @param event as {@code booking.created}
   */
  record Notification(UUID intakeId, String event, UUID subjectId, String correlationId) {}

  /**
   * The messages to send.
   *
   * @param tried the highest number of tries among these messages
   */
  record Plan(List<Batch> batches, int tried) {

    public Plan {
      batches = List.copyOf(batches);
    }
  }

  /** The messages to send on one channel. */
  record Batch(Channel channel, List<UUID> messages) {

    public Batch {
      messages = List.copyOf(messages);
    }
  }
}
