package dev.mainstay.workflows.notification;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mainstay.workflows.TaskQueues;
import java.util.Arrays;

/**
 * The channels of messages. Each has a task queue of its own, so that a dead one holds up no other.
 */
public enum Channel {
  @JsonProperty("email")
  EMAIL("email", TaskQueues.MESSAGES_EMAIL),
  @JsonProperty("sms")
  SMS("sms", TaskQueues.MESSAGES_SMS),
  @JsonProperty("push")
  PUSH("push", TaskQueues.MESSAGES_PUSH);

  private final String text;
  private final String queue;

  Channel(String text, String queue) {
    this.text = text;
    this.queue = queue;
  }

  /** The text in {@code message.channel}. */
  public String text() {
    return text;
  }

  /** The task queue on which its gateway is called. */
  public String queue() {
    return queue;
  }

  /** The channel with this text in {@code message.channel}. */
  public static Channel of(String text) {
    return Arrays.stream(values())
        .filter(channel -> channel.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown channel " + text));
  }
}
