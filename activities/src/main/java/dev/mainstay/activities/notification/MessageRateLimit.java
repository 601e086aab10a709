package dev.mainstay.activities.notification;

import static java.util.Objects.requireNonNull;

import dev.mainstay.activities.gateway.RateLimit;
import dev.mainstay.workflows.notification.Channel;
import java.util.Map;

/** How many messages a channel's gateway takes in a time, from all hosts together. */
@FunctionalInterface
public interface MessageRateLimit {

  /** Waits until this many messages may be sent. */
  void take(Channel channel, int messages);

  /**
   * A rate for each channel.
   *
   * @param byChannel has every channel
   */
  static MessageRateLimit of(Map<Channel, RateLimit> byChannel) {
    return (channel, messages) -> requireNonNull(byChannel.get(channel)).take(messages);
  }
}
