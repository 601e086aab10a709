package dev.mainstay.activities.notification;

import static dev.mainstay.db.generated.Tables.CONSENT;
import static dev.mainstay.db.generated.Tables.MESSAGE;

import dev.mainstay.activities.notification.gateway.Sms;
import dev.mainstay.activities.notification.message.MessageSource;
import dev.mainstay.activities.notification.message.RenderedMessage;
import dev.mainstay.db.generated.tables.records.MessageRecord;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.notification.Channel;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Messages in a database, and letters that say nothing but for whom they are. */
final class TestMessages {

  private final TestDatabase database;

  TestMessages(TestDatabase database) {
    this.database = database;
  }

  /** As many as asked that wait, of one recipient each. */
  List<UUID> waiting(int count, Channel channel) {
    return IntStream.range(0, count).mapToObj(_ -> waiting(channel, database.newId())).toList();
  }

  UUID waiting(Channel channel, UUID recipient) {
    return database
        .dsl()
        .insertInto(MESSAGE)
        .set(MESSAGE.EVENT_ID, "booking-confirmed/" + recipient)
        .set(MESSAGE.EVENT, "booking.created")
        .set(MESSAGE.KIND, "booking-confirmed")
        .set(MESSAGE.PURPOSE, "transactional")
        .set(MESSAGE.CHANNEL, channel.text())
        .set(MESSAGE.RECIPIENT_KIND, "customer")
        .set(MESSAGE.RECIPIENT_ID, recipient)
        .set(MESSAGE.SUBJECT_KIND, "booking")
        .set(MESSAGE.SUBJECT_ID, database.newId())
        .set(MESSAGE.STATUS, "waiting")
        .set(MESSAGE.REASON, "booking.created")
        .set(MESSAGE.CORRELATION_ID, "corr-1")
        .returning(MESSAGE.ID)
        .fetchSingle()
        .getId();
  }

  MessageRecord row(UUID message) {
    return database.dsl().fetchSingle(MESSAGE, MESSAGE.ID.eq(message));
  }

  boolean isWithdrawn(UUID customer, Channel channel) {
    return database
            .dsl()
            .fetchCount(
                CONSENT,
                CONSENT.CUSTOMER_ID.eq(customer),
                CONSENT.CHANNEL.eq(channel.text()),
                CONSENT.GRANTED.isFalse())
        == 3;
  }

  /** A text message to each of those that wait. */
  MessageSource letters() {
    return messages ->
        database
            .dsl()
            .select(MESSAGE.ID)
            .from(MESSAGE)
            .where(MESSAGE.ID.in(messages), MESSAGE.STATUS.eq("waiting"))
            .fetch(MESSAGE.ID)
            .stream()
            .collect(
                Collectors.toMap(
                    id -> id,
                    id -> new RenderedMessage.Text(new Sms(id, "+14155550100", "Hello"))));
  }
}
