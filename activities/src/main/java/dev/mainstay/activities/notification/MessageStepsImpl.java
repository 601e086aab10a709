package dev.mainstay.activities.notification;

import dev.mainstay.workflows.notification.MessageSteps;
import dev.mainstay.workflows.notification.NotificationSteps.Batch;

/** Sends a notification's messages; what could not be sent is for the next try. */
public final class MessageStepsImpl implements MessageSteps {

  private final MessageSender sender;

  public MessageStepsImpl(MessageSender sender) {
    this.sender = sender;
  }

  @Override
  public int send(Batch batch) {
    SendOutcome outcome = sender.send(batch.channel(), batch.messages());
    if (outcome.left() > 0) {
      throw new IllegalStateException(
          "%s: %d not sent, as %s"
              .formatted(batch.channel().text(), outcome.left(), outcome.said()));
    }
    return outcome.sent();
  }
}
