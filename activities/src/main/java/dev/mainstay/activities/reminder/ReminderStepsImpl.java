package dev.mainstay.activities.reminder;

import static dev.mainstay.db.generated.Tables.PLAN_APPOINTMENT_REMINDERS;
import static dev.mainstay.db.generated.Tables.PLAN_PAYMENT_REMINDERS;
import static dev.mainstay.db.generated.Tables.PLAN_REMINDERS_TO_SEND;
import static dev.mainstay.db.generated.Tables.WRITE_APPOINTMENT_REMINDERS;
import static dev.mainstay.db.generated.Tables.WRITE_PAYMENT_REMINDERS;

import dev.mainstay.activities.notification.MessageSender;
import dev.mainstay.activities.notification.SendOutcome;
import dev.mainstay.activities.page.PagePlans;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.workflows.notification.Channel;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PageOutcome;
import dev.mainstay.workflows.page.PagePlan;
import dev.mainstay.workflows.reminder.Reminder;
import dev.mainstay.workflows.reminder.ReminderSteps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.types.YearToSecond;
import org.jspecify.annotations.Nullable;

/** Each step on our own database one call; a page that sends gives the rest to the sender. */
public final class ReminderStepsImpl implements ReminderSteps {

  /** How long before an event its reminder is sent. */
  private static final Duration AHEAD = Duration.ofDays(1);

  /** How long after its due time a payment is still reminded of. */
  private static final Duration OVERDUE = Duration.ofDays(7);

  private static final UUID FIRST = new UUID(0, 0);

  private final DSLContext database;
  private final InstantSource clock;
  private final MessageSender sender;
  private final int pageSize;

  /**
   * The steps at a size of their pages.
   *
   * @param database outside of any transaction
   * @param pageSize 1 to 500
   */
  public ReminderStepsImpl(
      DSLContext database, InstantSource clock, MessageSender sender, int pageSize) {
    this.database = database;
    this.clock = clock;
    this.sender = sender;
    this.pageSize = pageSize;
  }

  @Override
  public PagePlan planDue(Reminder reminder, Instant nominal, @Nullable String after) {
    DueKey from = after == null ? first(reminder) : DueKey.parse(after);
    Instant until = nominal.plus(AHEAD);
    return PagePlans.of(
        switch (reminder) {
          case APPOINTMENT ->
              database
                  .selectFrom(
                      PLAN_APPOINTMENT_REMINDERS.call(
                          from.at(), from.id(), until, pageSize, PagePlan.MOST))
                  .fetch();
          case PAYMENT ->
              database
                  .selectFrom(
                      PLAN_PAYMENT_REMINDERS.call(
                          from.at(), from.id(), clock.instant(), until, pageSize, PagePlan.MOST))
                  .fetch();
        },
        row ->
            new DueKey(row.get("up_to_at", Instant.class), row.get("up_to_id", UUID.class)).text(),
        pageSize);
  }

  @Override
  public PageOutcome write(Reminder reminder, KeyRange due, Instant nominal) {
    DueKey from = due.after() == null ? first(reminder) : DueKey.parse(due.after());
    DueKey to = DueKey.parse(due.upTo());
    Record done =
        switch (reminder) {
          case APPOINTMENT ->
              database
                  .selectFrom(
                      WRITE_APPOINTMENT_REMINDERS.call(
                          from.at(),
                          from.id(),
                          to.at(),
                          to.id(),
                          nominal,
                          YearToSecond.valueOf(AHEAD),
                          YearToSecond.valueOf(Reminder.EVERY),
                          channels(reminder)))
                  .fetchSingle();
          case PAYMENT ->
              database
                  .selectFrom(
                      WRITE_PAYMENT_REMINDERS.call(
                          from.at(),
                          from.id(),
                          to.at(),
                          to.id(),
                          clock.instant(),
                          channels(reminder)))
                  .fetchSingle();
        };
    return new PageOutcome(
        Counts.of("due", done.get("due", long.class))
            .plus(Counts.of("written", done.get("written", long.class)))
            .plus(Counts.of("suppressed", done.get("suppressed", long.class))),
        null);
  }

  @Override
  public PagePlan planSending(Reminder reminder, Channel channel, @Nullable String after) {
    return PagePlans.of(
        database.fetch(
            PLAN_REMINDERS_TO_SEND.call(
                reminder.sweep(),
                channel.text(),
                message(after),
                clock.instant(),
                pageSize,
                PagePlan.MOST)),
        pageSize);
  }

  @Override
  public PageOutcome send(Reminder reminder, Channel channel, KeyRange messages) {
    var page =
        Routines.remindersToSend(
            database.configuration(),
            reminder.sweep(),
            channel.text(),
            message(messages.after()),
            message(messages.upTo()),
            clock.instant(),
            YearToSecond.valueOf(OVERDUE));
    UUID[] ids = page.getIds();
    SendOutcome outcome = sender.send(channel, List.of(ids));
    long failed = outcome.left() == 0 ? 0 : givenUp(channel, ids, outcome);
    return new PageOutcome(
        Counts.of("sent", outcome.sent())
            .plus(Counts.of("notSent", outcome.notSent() + page.getSuppressed()))
            .plus(Counts.of("held", page.getHeld()))
            .plus(Counts.of("failed", failed)),
        null);
  }

  /**
   * How many of a page have used up their tries.
   *
   * @throws IllegalStateException while some have not: the page is to be tried again
   */
  private long givenUp(Channel channel, UUID[] ids, SendOutcome outcome) {
    var over =
        Routines.failExhaustedReminders(
            database.configuration(), ids, TRIES, String.valueOf(outcome.said()));
    if (over.getLeftOver() > 0) {
      throw new IllegalStateException(
          "%s: %d not sent, as %s".formatted(channel.text(), over.getLeftOver(), outcome.said()));
    }
    return over.getFailed();
  }

  private static String[] channels(Reminder reminder) {
    return reminder.channels().stream().map(Channel::text).toArray(String[]::new);
  }

  /**
   * Before what is due first: appointments that have not started, payments not overdue too long.
   */
  private DueKey first(Reminder reminder) {
    return switch (reminder) {
      case APPOINTMENT -> DueKey.after(clock.instant());
      case PAYMENT -> DueKey.after(clock.instant().minus(OVERDUE));
    };
  }

  private static UUID message(@Nullable String key) {
    return key == null ? FIRST : UUID.fromString(key);
  }
}
