package dev.mainstay.workflows.notification;

import dev.mainstay.workflows.notification.NotificationSteps.Batch;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The requests to a channel's gateway, on the channel's own task queue. */
@ActivityInterface
public interface MessageSteps {

  /**
   * Sends what still waits of the batch, each message at most once as far as the provider lets that
   * be known. Succeeds when nothing of it waits any more, whether it was sent or is not to be.
   *
   * @return how many were sent now
   */
  @ActivityMethod(name = "sendMessages")
  int send(Batch batch);
}
