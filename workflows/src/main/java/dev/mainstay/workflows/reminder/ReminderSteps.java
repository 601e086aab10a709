package dev.mainstay.workflows.reminder;

import dev.mainstay.workflows.notification.Channel;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PageOutcome;
import dev.mainstay.workflows.page.PagePlan;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The steps of reminders. Due reminders are paged by their time, waiting messages by their id. */
@ActivityInterface
public interface ReminderSteps {

  /** The number of tries of a reminder; after them it has failed, without an attention item. */
  int TRIES = 3;

  /**
   * The next pages of what is due and has not been written.
   *
   * @param nominal the time that the Schedule meant: what is due up to a day behind it
   */
  @ActivityMethod(name = "planReminders")
  PagePlan planDue(Reminder reminder, Instant nominal, @Nullable String after);

  /** Writes the messages of a page, also those that are not to be sent, with their reason. */
  @ActivityMethod(name = "writeReminders")
  PageOutcome write(Reminder reminder, KeyRange due, Instant nominal);

  /** The next pages of what waits on a channel and may be sent at this time of the day. */
  @ActivityMethod(name = "planRemindersToSend")
  PagePlan planSending(Reminder reminder, Channel channel, @Nullable String after);

  /**
   * Sends what waits in a page, on the channel's own task queue. Each appointment is read again,
   * and what makes no sense any more is not sent. Fails as long as something may be tried again.
   */
  @ActivityMethod(name = "sendReminders")
  PageOutcome send(Reminder reminder, Channel channel, KeyRange messages);
}
