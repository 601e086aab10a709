package dev.mainstay.activities.notification;

import dev.mainstay.workflows.notification.Channel;

/** How many messages a channel's gateway takes in a time, from all hosts together. */
@FunctionalInterface
public interface MessageRate {

  /** Waits until so many may be sent. */
  void take(Channel channel, int messages);
}
