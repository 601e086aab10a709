package dev.mainstay.workflows.reminder;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mainstay.workflows.notification.Channel;
import java.time.Duration;
import java.util.List;

/** The kinds of reminders to customers, each with a sweep of its own. */
public enum Reminder {
  /** Bookings and course sessions that start in a day. */
  @JsonProperty("appointment")
  APPOINTMENT("appointment-reminder"),
  /** Bookings that are to be paid within a day, or should have been. */
  @JsonProperty("payment")
  PAYMENT("payment-reminder");

  /** How often each sweep runs, and so how long it is the first to see what is due. */
  public static final Duration EVERY = Duration.ofHours(1);

  private final String sweep;

  Reminder(String sweep) {
    this.sweep = sweep;
  }

  /**
   * The sweep's name, which is also the name of its Schedule and its flag, and part of its
   * messages.
   */
  public String sweep() {
    return sweep;
  }

  /** The channels on which it is sent. */
  public List<Channel> channels() {
    return switch (this) {
      case APPOINTMENT -> List.of(Channel.EMAIL, Channel.SMS, Channel.PUSH);
      case PAYMENT -> List.of(Channel.EMAIL, Channel.SMS);
    };
  }
}
