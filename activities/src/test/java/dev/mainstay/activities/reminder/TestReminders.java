package dev.mainstay.activities.reminder;

import static dev.mainstay.db.generated.Tables.CONSENT;
import static dev.mainstay.db.generated.Tables.CUSTOMER;
import static dev.mainstay.db.generated.Tables.MESSAGE;

import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.notification.ChannelSender;
import dev.mainstay.activities.notification.MessageSender;
import dev.mainstay.activities.notification.gateway.Delivery;
import dev.mainstay.activities.notification.gateway.Sms;
import dev.mainstay.activities.notification.message.MessageSource;
import dev.mainstay.activities.notification.message.RenderedMessage;
import dev.mainstay.db.testing.TestClock;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.notification.Channel;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PagePlan;
import dev.mainstay.workflows.reminder.Reminder;
import dev.mainstay.workflows.reminder.ReminderSteps;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Both sweeps over a database, run as their workflows run them, with gateways that take all. */
final class TestReminders {

  final TestClock clock;

  /** Each message that a gateway took, as {@code sms 0195…}. */
  final ConcurrentLinkedQueue<String> sent = new ConcurrentLinkedQueue<>();

  /** The channels whose gateway is not reached. */
  final Set<Channel> dead = EnumSet.noneOf(Channel.class);

  private final DSLContext database;
  private final ReminderSteps steps;

  TestReminders(DSLContext database, TestClock clock, int pageSize) {
    this.database = database;
    this.clock = clock;
    Map<Channel, ChannelSender> carriers = new EnumMap<>(Channel.class);
    for (Channel channel : Channel.values()) {
      carriers.put(channel, (letter, _) -> carry(channel, letter));
    }
    this.steps =
        new ReminderStepsImpl(
            database,
            clock,
            new MessageSender(
                database, letters(), carriers, (_, _) -> {}, new SimpleMeterRegistry()),
            pageSize);
  }

  private Delivery carry(Channel channel, RenderedMessage letter) {
    if (dead.contains(channel)) {
      throw new NotReachedException("gateway away");
    }
    UUID message = ((RenderedMessage.Text) letter).sms().messageId();
    sent.add(channel.text() + " " + message);
    return new Delivery.Accepted("p-" + message);
  }

  /** Messages that say nothing but which message they are. */
  private static MessageSource letters() {
    return messages ->
        messages.stream()
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    id -> new RenderedMessage.Text(new Sms(id, "+14155550100", "Hello"))));
  }

  /** A run that the Schedule meant for now. */
  Counts sweep(Reminder reminder) {
    return sweep(reminder, clock.instant());
  }

  /** A run that the Schedule meant for a time: what it counts that is not zero. */
  Counts sweep(Reminder reminder, Instant nominal) {
    Counts all =
        pages(
            after -> steps.planDue(reminder, nominal, after),
            page -> steps.write(reminder, page, nominal).counts());
    for (Channel channel : reminder.channels()) {
      all = all.plus(send(reminder, channel));
    }
    return all;
  }

  /** Sends the messages of a channel, each page with the tries of its step. */
  Counts send(Reminder reminder, Channel channel) {
    return pages(
        after -> steps.planSending(reminder, channel, after),
        page -> {
          for (int tried = 1; ; tried++) {
            try {
              return steps.send(reminder, channel, page).counts();
            } catch (IllegalStateException notSent) {
              if (tried == ReminderSteps.TRIES) {
                throw notSent;
              }
            }
          }
        });
  }

  /** Writes what is due without sending it. */
  Counts write(Reminder reminder) {
    return pages(
        after -> steps.planDue(reminder, clock.instant(), after),
        page -> steps.write(reminder, page, clock.instant()).counts());
  }

  private static Counts pages(
      Function<@Nullable String, PagePlan> plan, Function<KeyRange, Counts> page) {
    Counts counts = Counts.NONE;
    String after = null;
    while (true) {
      PagePlan next = plan.apply(after);
      for (PagePlan.PageBoundary cut : next.cuts()) {
        counts = counts.plus(page.apply(new KeyRange(after, cut.upTo())));
        after = cut.upTo();
      }
      if (next.last()) {
        return counts;
      }
    }
  }

  /** The messages about a subject, as {@code sms waiting quiet-hours}. */
  List<String> messages(UUID subject) {
    return new ArrayList<>(
        database
            .select(MESSAGE.CHANNEL, MESSAGE.STATUS, MESSAGE.REASON)
            .from(MESSAGE)
            .where(MESSAGE.SUBJECT_ID.eq(subject))
            .orderBy(MESSAGE.CHANNEL, MESSAGE.ID)
            .fetch(row -> row.value1() + " " + row.value2() + " " + row.value3()));
  }

  /** A customer who agreed to be reminded on these channels. */
  static UUID customer(TestDatabase database, String zone, Channel... agreed) {
    UUID id = database.newId();
    database
        .dsl()
        .insertInto(CUSTOMER)
        .set(CUSTOMER.ID, id)
        .set(CUSTOMER.NAME, "Customer")
        .set(CUSTOMER.LOCALE, "en")
        .set(CUSTOMER.ZONE, zone)
        .execute();
    agree(database, id, agreed);
    return id;
  }

  static void agree(TestDatabase database, UUID customer, Channel... agreed) {
    Stream.of(agreed)
        .forEach(channel ->
            database
                .dsl()
                .insertInto(CONSENT)
                .set(CONSENT.CUSTOMER_ID, customer)
                .set(CONSENT.CHANNEL, channel.text())
                .set(CONSENT.PURPOSE, "reminder")
                .set(CONSENT.GRANTED, true)
                .execute());
  }
}
