package dev.mainstay.activities.notification.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.notification.message.MessageTemplate.About;
import dev.mainstay.activities.notification.message.MessageTemplate.Reader;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.notification.Channel;
import dev.mainstay.workflows.notification.MessageKind;
import dev.mainstay.workflows.reminder.Reminder;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message has words for its channels, and only for those. */
class CatalogueTest {

  private static final TestDatabase database = TestDatabase.create();

  @AfterAll
  static void close() {
    database.close();
  }

  static Stream<Record> rows() {
    return database.dsl().fetch("select * from notification_catalogue").stream()
        .map(Record.class::cast);
  }

  @Test
  void somethingIsTold() {
    assertThat(rows()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isWrittenForTheChannelsOfTheCatalogue(Record row) {
    Set<Channel> told =
        Arrays.stream(row.get("channels", String[].class))
            .map(Channel::of)
            .collect(Collectors.toSet());

    assertThat(
            written(
                MessageKind.of(row.get("kind", String.class)),
                Reader.of(row.get("recipient_kind", String.class)),
                about(row.get("event", String.class))))
        .isEqualTo(told);
  }

  @ParameterizedTest
  @EnumSource
  void isWrittenForTheChannelsOfTheReminder(Reminder reminder) {
    assertThat(
            switch (reminder) {
              case APPOINTMENT ->
                  Stream.of(
                      written(MessageKind.APPOINTMENT_TOMORROW, Reader.CUSTOMER, About.BOOKING),
                      written(MessageKind.APPOINTMENT_TOMORROW, Reader.CUSTOMER, About.SESSION));
              case PAYMENT ->
                  Stream.of(
                      written(MessageKind.PAYMENT_DUE_SOON, Reader.CUSTOMER, About.BOOKING),
                      written(MessageKind.PAYMENT_OVERDUE, Reader.CUSTOMER, About.BOOKING));
            })
        .allMatch(Set.copyOf(reminder.channels())::equals);
  }

  private static Set<Channel> written(MessageKind kind, Reader reader, About about) {
    return MessageTemplate.of(kind, reader, about, Channel.EMAIL).channels();
  }

  private static About about(String event) {
    return switch (event.substring(0, event.indexOf('.'))) {
      case "booking" -> About.BOOKING;
      case "payout" -> About.PAYOUT;
      case "vendor" -> About.PAYOUT_ACCOUNT;
      default -> About.PURCHASE;
    };
  }
}
