package dev.mainstay.activities.booking;

import static dev.mainstay.activities.purchase.TestPurchases.atOnce;
import static dev.mainstay.db.generated.Tables.BOOKING;
import static dev.mainstay.db.generated.Tables.EVENT;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.db.booking.BookingStatus;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestBooking;
import dev.mainstay.db.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.JSONB;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The steps that move a booking on, as the API calls them, on the day of the booking at noon. */
class BookingStepsTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final String BEFORE = "2026-11-23T11:00:00Z";
  private static final String LATER = "2026-11-23T12:00:01Z";

  private final TestDatabase database = TestDatabase.create();

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    database.close();
  }

  @Test
  void aBookingIsPaidOnce() {
    UUID id = booking();

    assertThat(pay(id, BEFORE)).isNull();
    Map<String, List<String>> after = database.contents();
    assertThat(pay(id, BEFORE)).as("the same fact").isNull();
    assertThat(pay(id, null)).isNull();
    assertThat(pay(id, "2026-11-23T10:00:00Z")).as("another one").isEqualTo("paid");

    assertThat(database.contents()).isEqualTo(after);
    assertThat(facts(id)).isEqualTo("paid, paid 2026-11-23T11:00:00Z, delivered null");
    assertThat(told(id)).containsExactly("booking.paid");
  }

  @Test
  void aBookingIsCompletedOnceAndEarns() {
    UUID id = booking();

    assertThat(complete(id, BEFORE)).isNull();
    Map<String, List<String>> after = database.contents();
    assertThat(complete(id, BEFORE)).as("the same fact").isNull();
    assertThat(complete(id, null)).isNull();
    assertThat(complete(id, "2026-11-23T10:00:00Z")).as("another one").isEqualTo("completed");

    assertThat(database.contents()).isEqualTo(after);
    assertThat(facts(id)).isEqualTo("completed, paid null, delivered 2026-11-23T11:00:00Z");
    assertThat(told(id)).containsExactly("booking.completed");
    assertThat(earnings()).containsExactly("4500 - 900 = 3600 USD on 2026-11-23T11:00:00Z");
  }

  @Test
  void paidAndCompletedAreFactsOfTheirOwn() {
    UUID id = booking();

    complete(id, null);
    assertThat(pay(id, BEFORE)).isNull();

    assertThat(facts(id))
        .isEqualTo("completed, paid 2026-11-23T11:00:00Z, delivered 2026-11-23T12:00:00Z");
    assertThat(told(id)).containsExactly("booking.completed", "booking.paid");
  }

  @Test
  void whatIsToComeHasNotHappened() {
    UUID id = booking();
    Map<String, List<String>> before = database.contents();

    assertThat(pay(id, LATER)).isEqualTo("paid-in-the-future");
    assertThat(complete(id, LATER)).isEqualTo("delivered-in-the-future");

    assertThat(database.contents()).isEqualTo(before);
  }

  @Test
  void aCancelledBookingStaysSo() {
    UUID id = booking();
    pay(id, null);

    assertThat(cancel(id)).isNull();
    Map<String, List<String>> after = database.contents();
    assertThat(cancel(id)).as("the same fact").isNull();
    assertThat(pay(id, null)).isEqualTo("cancelled");
    assertThat(complete(id, null)).isEqualTo("cancelled");

    assertThat(database.contents()).isEqualTo(after);
    assertThat(told(id)).containsExactly("booking.paid", "booking.cancelled");
  }

  @Test
  void aCompletedBookingIsNotCancelled() {
    UUID id = booking();
    complete(id, null);
    Map<String, List<String>> before = database.contents();

    assertThat(cancel(id)).isEqualTo("completed");

    assertThat(database.contents()).isEqualTo(before);
  }

  @Test
  void theSameCompletionAtOnceEarnsOnce() {
    UUID id = booking();

    atOnce(8, () -> complete(id, BEFORE) == null);

    assertThat(earnings()).hasSize(1);
    assertThat(told(id)).containsExactly("booking.completed");
  }

  @Test
  void ofCompletionAndCancellationAtOnceOneIsRefused() {
    UUID id = booking();

    List<String> answers = atOnce(List.of(() -> "" + complete(id, null), () -> "" + cancel(id)));

    assertThat(answers).containsOnlyOnce("null");
    assertThat(told(id)).hasSize(1);
  }

  @Test
  void anImportedBookingIsInTheEventsAndTellsNobody() {
    UUID id = TestBooking.startingAt("2020-01-01T10:00:00Z").fromElsewhere().in(database);

    complete(id, "2020-01-01T11:00:00Z");
    pay(id, null);

    assertThat(told(id)).containsExactly("booking.completed", "booking.paid");
    assertThat(database.dsl().fetchCount(INTAKE)).isZero();
    assertThat(earnings()).containsExactly("4500 - 900 = 3600 USD on 2020-01-01T11:00:00Z");
  }

  @Test
  void whatIsToldOfABookingSetsItsMessagesGoing() {
    UUID id = booking();

    Routines.emitBookingEvent(
        database.dsl().configuration(), id, "booking.created", JSONB.valueOf("{}"), "c");
    pay(id, null);
    cancel(id);

    assertThat(database.dsl().select(INTAKE.KEY).from(INTAKE).orderBy(INTAKE.KEY).fetch(INTAKE.KEY))
        .containsExactly("booking.cancelled/" + id, "booking.created/" + id, "booking.paid/" + id);
  }

  /** Half up, to the minor unit, per earning. */
  @ParameterizedTest
  @CsvSource({
    "6249, 20, 1250",
    "6250, 20, 1250",
    "2, 20, 0",
    "3, 20, 1",
    "0, 20, 0",
    "1, 50, 1",
    "5, 10, 1",
    "10001, 0, 0",
    "10001, 100, 10001",
    "10001, 12.5, 1250",
    "9007199254740991, 20, 1801439850948198",
  })
  void theCommissionIsRoundedHalfUp(long gross, BigDecimal percent, long commission) {
    assertThat(Routines.commission(database.dsl().configuration(), gross, percent))
        .isEqualTo(commission);
  }

  @Test
  void anEarningIsOnlyEverAdded() {
    complete(booking(), null);

    assertThatThrownBy(() -> database.dsl().execute("update earning set net_minor = 0"))
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> database.dsl().execute("delete from earning"))
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("permission denied");
  }

  /** The transitions that the steps make are those of the enum. */
  @ParameterizedTest
  @EnumSource
  void theStepsMakeTheTransitionsOfTheEnum(BookingStatus from) {
    Set<String> reached =
        List.of("pay", "complete", "cancel").stream()
            .map(step -> {
              UUID id = in(from);
              switch (step) {
                case "pay" -> pay(id, null);
                case "complete" -> complete(id, null);
                default -> cancel(id);
              }
              return status(id);
            })
            .filter(status -> !status.equals(from.text()))
            .collect(Collectors.toSet());

    Set<BookingStatus> followers = EnumSet.noneOf(BookingStatus.class);
    followers.addAll(from.followers());
    assertThat(reached)
        .isEqualTo(followers.stream().map(BookingStatus::text).collect(Collectors.toSet()));
  }

  private UUID in(BookingStatus status) {
    UUID id = booking();
    switch (status) {
      case OPEN -> {}
      case PAID -> pay(id, null);
      case COMPLETED -> complete(id, null);
      case CANCELLED -> cancel(id);
    }
    assertThat(status(id)).isEqualTo(status.text());
    return id;
  }

  private UUID booking() {
    return TestBooking.startingAt("2026-11-23T10:00:00Z").in(database);
  }

  private @Nullable String pay(UUID id, @Nullable String at) {
    return Routines.payBooking(
        database.dsl().configuration(), id, null, null, false, instant(at), NOON, "c", "till");
  }

  private @Nullable String complete(UUID id, @Nullable String at) {
    return Routines.completeBooking(
        database.dsl().configuration(),
        id,
        instant(at),
        BigDecimal.valueOf(20),
        NOON,
        "c",
        "backend");
  }

  private @Nullable String cancel(UUID id) {
    return Routines.cancelBooking(database.dsl().configuration(), id, "ill", NOON, "c");
  }

  private static @Nullable Instant instant(@Nullable String text) {
    return text == null ? null : Instant.parse(text);
  }

  private String status(UUID id) {
    return database
        .dsl()
        .select(BOOKING.STATUS)
        .from(BOOKING)
        .where(BOOKING.ID.eq(id))
        .fetchSingle()
        .value1();
  }

  private String facts(UUID id) {
    return database
        .dsl()
        .selectFrom(BOOKING)
        .where(BOOKING.ID.eq(id))
        .fetchSingle(row ->
            "%s, paid %s, delivered %s"
                .formatted(row.getStatus(), row.getPaidAt(), row.getDeliveredAt()));
  }

  private List<String> told(UUID id) {
    return database
        .dsl()
        .select(EVENT.TYPE)
        .from(EVENT)
        .where(EVENT.SUBJECT_ID.eq(id))
        .orderBy(EVENT.ID)
        .fetch(EVENT.TYPE);
  }

  private List<String> earnings() {
    return database
        .dsl()
        .fetch("select * from earning order by id")
        .map(row ->
            "%s - %s = %s %s on %s"
                .formatted(
                    row.get("gross_minor"),
                    row.get("commission_minor"),
                    row.get("net_minor"),
                    row.get("currency"),
                    row.get("earned_at", Instant.class)));
  }
}
