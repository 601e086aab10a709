package dev.mainstay.db;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.mainstay.db.booking.BookingStatus;
import dev.mainstay.db.payroll.PayoutStatus;
import dev.mainstay.db.payroll.PayrollStatus;
import dev.mainstay.db.purchase.PurchaseStatus;
import dev.mainstay.db.refund.RefundStatus;
import dev.mainstay.db.task.TaskStatus;
import dev.mainstay.db.testing.StoredTexts;
import dev.mainstay.db.testing.TestBooking;
import dev.mainstay.db.testing.TestDatabase;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The statuses that the database lets a row have, and move to, are those of the enums. */
class StatusTest {

  private static final TestDatabase database = TestDatabase.create();

  @AfterAll
  static void close() {
    database.close();
  }

  static Stream<Arguments> enums() {
    return Stream.of(
        arguments(
            "purchase",
            moves(PurchaseStatus.values(), PurchaseStatus::text, PurchaseStatus::followers)),
        arguments(
            "booking",
            moves(BookingStatus.values(), BookingStatus::text, BookingStatus::followers)),
        arguments("task", moves(TaskStatus.values(), TaskStatus::text, TaskStatus::followers)),
        arguments(
            "payroll_run",
            moves(PayrollStatus.values(), PayrollStatus::text, PayrollStatus::followers)),
        arguments(
            "payout", moves(PayoutStatus.values(), PayoutStatus::text, PayoutStatus::followers)),
        arguments(
            "refund_request",
            moves(RefundStatus.values(), RefundStatus::text, RefundStatus::followers)));
  }

  @ParameterizedTest
  @MethodSource("enums")
  void theCheckNamesTheStatusesOfTheEnum(String table, Map<String, Set<String>> moves) {
    assertThat(StoredTexts.checked(database, table, "status")).isEqualTo(moves.keySet());
  }

  @ParameterizedTest
  @MethodSource("enums")
  void theTriggerNamesTheMovesOfTheEnum(String table, Map<String, Set<String>> moves) {
    assertThat(StoredTexts.moves(database, table))
        .isEqualTo(
            moves.entrySet().stream()
                .flatMap(from -> from.getValue().stream().map(to -> from.getKey() + " > " + to))
                .collect(toSet()));
  }

  @Test
  void anotherMoveIsRefused() {
    UUID booking = TestBooking.startingAt("2026-11-23T10:00:00Z").in(database);
    database
        .dsl()
        .execute("update booking set status = 'paid', paid_at = now() where id = ?", booking);

    assertThatThrownBy(() ->
            database
                .dsl()
                .execute(
                    "update booking set status = 'open', paid_at = null where id = ?", booking))
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("booking %s cannot become open from paid".formatted(booking));
  }

  private static <S> Map<String, Set<String>> moves(
      S[] statuses, Function<S, String> text, Function<S, Set<S>> followers) {
    return Arrays.stream(statuses)
        .collect(
            toMap(text, status -> followers.apply(status).stream().map(text).collect(toSet())));
  }
}
