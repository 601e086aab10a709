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

  /** Writes a row for each channel and recipient that the event has something to tell. */
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
   * Hands those events back to the intake of which something is still to be planned or sent: each
   * is claimed again at once, alone.
   *
   * @return how many these are
   */
  @ActivityMethod(name = "requeueNotifications")
  int requeue(List<UUID> intakeIds);

  /** Sends none of these any more that still waits. */
  @ActivityMethod(name = "suppressMessages")
  void suppress(List<UUID> messages, String because);

  /**
   * Which event.
   *
   * @param intakeId of its row in the intake, which is done with the plan
   * @param event as {@code booking.created}
   */
  record Notification(UUID intakeId, String event, UUID subjectId, String correlationId) {}

  /**
   * What is to be sent.
   *
   * @param tried how often that of it was tried that was tried most
   */
  record Plan(List<Batch> batches, int tried) {

    public Plan {
      batches = List.copyOf(batches);
    }
  }

  /** What is to be sent on one channel. */
  record Batch(Channel channel, List<UUID> messages) {

    public Batch {
      messages = List.copyOf(messages);
    }
  }
}
