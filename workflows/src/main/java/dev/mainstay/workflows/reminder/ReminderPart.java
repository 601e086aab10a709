package dev.mainstay.workflows.reminder;

import dev.mainstay.workflows.notification.Channel;
import org.jspecify.annotations.Nullable;

/**
 * A part of a sweep of reminders.
 *
 * @param channel on which it sends; null for the part that writes what is due
 */
public record ReminderPart(Reminder reminder, @Nullable Channel channel) {

  /** The end of its run's id: {@code due}, or the channel. */
  String text() {
    return channel == null ? "due" : channel.text();
  }
}
