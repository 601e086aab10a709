package dev.mainstay.activities.session;

import static dev.mainstay.activities.purchase.TestPurchases.atOnce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.purchase.TestPurchases;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestCourse;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestTrainer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The steps that move a course session on, as the API calls them. */
class CourseSessionTest {

  /** When the first session, Monday at 10:00, is over. */
  private static final String MONDAY_NOON = "2026-11-23T12:00:00Z";

  private final TestPurchases purchases = new TestPurchases();
  private final TestDatabase database = purchases.database();

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    purchases.close();
  }

  @Test
  void aSessionIsCompletedOnce() {
    UUID purchase = active(20);
    purchases.clock.set(MONDAY_NOON);

    assertThat(complete(session(purchase, 1), "2026-11-23T11:00:00Z")).isNull();
    Map<String, List<String>> after = database.contents();
    assertThat(complete(session(purchase, 1), "2026-11-23T11:30:00Z")).isEqualTo("completed");

    assertThat(database.contents()).isEqualTo(after);
    assertThat(purchases.events(session(purchase, 1))).containsExactly("session.completed");
    assertThat(purchases.status(purchase)).isEqualTo("active");
  }

  @Test
  void aSessionEarnsItsShareOfThePriceOnTheDayItWasGiven() {
    UUID purchase = active(3);
    purchases.clock.set("2026-12-01T12:00:00Z");

    for (int ordinal = 1; ordinal <= 3; ordinal++) {
      complete(session(purchase, ordinal), "2026-12-01T11:00:00Z");
    }

    assertThat(
            database
                .dsl()
                .fetch(
                    """
                    select concat_ws(' ', e.gross_minor, e.commission_minor, e.net_minor, e.currency, e.earned_at at time zone 'UTC')
                    from earning e
                    join course_session c on c.id = e.source_id and c.trainer_id = e.vendor_id
                    order by c.ordinal
                    """)
                .getValues(0, String.class))
        .containsExactly(
            "3333 667 2666 USD 2026-12-01 11:00:00",
            "3333 667 2666 USD 2026-12-01 11:00:00",
            "3334 667 2667 USD 2026-12-01 11:00:00");
  }

  @Test
  void aSessionOfAPurchaseThatCostNothingEarnsNothing() {
    UUID course = TestCourse.ofSessions(3).in(database);
    TestTrainer.teaching(course).in(database);
    UUID purchase = purchases.free(course);
    purchases.clock.set("2026-12-01T12:00:00Z");

    for (int ordinal = 1; ordinal <= 3; ordinal++) {
      assertThat(complete(session(purchase, ordinal), "2026-12-01T11:00:00Z")).isNull();
    }

    assertThat(purchases.status(purchase)).isEqualTo("completed");
    assertThat(
            database
                .dsl()
                .fetch(
                    "select concat_ws(' ', gross_minor, commission_minor, net_minor) from earning")
                .getValues(0, String.class))
        .containsExactly("0 0 0", "0 0 0", "0 0 0");
    assertThat(purchases.count("invoice where amount_minor = 0")).isEqualTo(1);
    assertThat(purchases.count("transaction where kind = 'charge' and amount_minor = 0"))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 2026-11-23T11:00:00Z, not-begun",
    "1, 2026-11-23T12:00:01Z, delivered-in-the-future",
    "1, 2026-11-23T09:59:59Z, delivered-before-its-begin",
  })
  void whatCannotHaveBeenGivenIsNotCompleted(int ordinal, String delivered, String why) {
    UUID purchase = active(20);
    purchases.clock.set(MONDAY_NOON);
    Map<String, List<String>> before = database.contents();

    assertThat(complete(session(purchase, ordinal), delivered)).isEqualTo(why);

    assertThat(database.contents()).isEqualTo(before);
  }

  @Test
  void theLastSessionCompletesThePurchaseAndFreesTheTrainer() {
    UUID purchase = active(3);
    UUID trainer = database.dsl().fetchSingle("select trainer_id from allocation").into(UUID.class);
    purchases.clock.set("2026-12-01T12:00:00Z");
    UUID second = session(purchase, 2);
    assertThat(cancel(second)).isNull();
    assertThat(purchases.schedule(List.of(purchase))).isEmpty();
    UUID madeUp = session(purchase, 2);

    complete(session(purchase, 1), "2026-12-01T11:00:00Z");
    complete(session(purchase, 3), "2026-12-01T11:00:00Z");
    assertThat(purchases.status(purchase)).isEqualTo("active");
    assertThat(TestTrainer.load(database, trainer)).isEqualTo(1);

    purchases.clock.set("2026-12-03T12:00:00Z");
    assertThat(complete(madeUp, "2026-12-03T11:00:00Z")).isNull();

    assertThat(purchases.status(purchase)).isEqualTo("completed");
    assertThat(TestTrainer.load(database, trainer)).isZero();
    assertThat(purchases.events(purchase)).endsWith("purchase.completed");
    assertThat(purchases.count("allocation where status = 'ended'")).isEqualTo(1);
  }

  @Test
  void theLastTwoSessionsCompletedAtOnceCompleteThePurchase() {
    UUID purchase = active(2);
    purchases.clock.set("2026-12-01T12:00:00Z");

    atOnce(
        List.of(
            () -> List.of(complete(session(purchase, 1), "2026-12-01T11:00:00Z") == null),
            () -> List.of(complete(session(purchase, 2), "2026-12-01T11:00:00Z") == null)));

    assertThat(purchases.status(purchase)).isEqualTo("completed");
    assertThat(purchases.events(purchase)).containsOnlyOnce("purchase.completed");
  }

  @Test
  void whatIsOverIsNeitherCancelledNorMoved() {
    UUID purchase = active(20);
    purchases.clock.set(MONDAY_NOON);
    complete(session(purchase, 1), "2026-11-23T11:00:00Z");
    UUID cancelled = session(purchase, 2);
    assertThat(cancel(cancelled)).isNull();
    Map<String, List<String>> after = database.contents();

    assertThat(cancel(session(purchase, 1))).isEqualTo("completed");
    assertThat(move(session(purchase, 1), "2026-12-09T10:00:00Z")).isEqualTo("completed");
    assertThat(cancel(cancelled)).isEqualTo("cancelled");
    assertThat(move(cancelled, "2026-12-09T10:00:00Z")).isEqualTo("cancelled");
    assertThat(complete(cancelled, "2026-11-23T11:00:00Z")).isEqualTo("cancelled");

    assertThat(database.contents()).isEqualTo(after);
  }

  @Test
  void aSessionIsMovedAsOftenAsIsAsked() {
    UUID purchase = active(20);
    UUID session = session(purchase, 2);

    assertThat(move(session, "2026-11-24T10:30:00Z")).as("it is not in its own way").isNull();
    assertThat(move(session, "2026-12-05T08:15:00Z")).as("a Saturday, as asked for").isNull();
    assertThat(move(session, "2026-12-05T08:15:00Z")).as("where it is already").isNull();

    assertThat(purchases.days(purchase)).contains("2026-12-05").doesNotContain("2026-11-24");
    assertThat(purchases.events(session))
        .containsExactly("session.rescheduled", "session.rescheduled");
    assertThat(
            database
                .dsl()
                .fetchSingle(
                    "select scheduled_time || ' ' || (ends_at - starts_at) from course_session where id = ?",
                    session)
                .into(String.class))
        .isEqualTo("08:15:00 01:00:00");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T09:00:00Z, in-the-past",
    "2026-11-26T06:30:00Z, outside-hours",
    "2026-11-26T17:30:00Z, outside-hours",
    "2026-12-03T12:00:00Z, trainer-on-holiday",
    "2026-12-04T14:30:00Z, trainer-taken",
    "2026-11-25T16:00:00Z, student-has-another",
  })
  void aTimeAtWhichItCannotBeGivenIsRefused(String to, String why) {
    UUID course = TestCourse.ofSessions(20).in(database);
    TestTrainer.teaching(course).daily("07:00", "18:00").awayOn("2026-12-03").in(database);
    UUID purchase = purchases.active(course);
    UUID other = purchases.request(course, "14:00");
    purchases.carry(List.of(other));
    assertThat(move(session(other, 7), "2026-12-04T14:00:00Z")).isNull();
    Map<String, List<String>> before = database.contents();

    assertThat(move(session(purchase, 2), to)).isEqualTo(why);

    assertThat(database.contents()).isEqualTo(before);
  }

  @Test
  void theDayIsTheStudentsAndTheHoursAreTheTrainers() {
    UUID course = TestCourse.ofSessions(20).in(database);
    TestTrainer.teaching(course).living("Asia/Tokyo").daily("18:00", "20:00").in(database);
    UUID purchase = purchases.active(course);
    UUID session = session(purchase, 7);

    assertThat(move(session, "2026-12-04T11:30:00Z")).isEqualTo("outside-hours");
    assertThat(move(session, "2026-12-04T09:00:00Z")).isNull();
    assertThat(purchases.days(purchase)).endsWith("2026-12-04");
  }

  @Test
  void nothingIsMovedOfAPurchaseThatHasEnded() {
    UUID purchase = active(20);
    UUID begun = session(purchase, 1);
    purchases.clock.set(MONDAY_NOON);
    purchases.cancel(List.of(purchase));

    assertThat(move(begun, "2026-12-09T10:00:00Z")).isEqualTo("purchase-ended");
    assertThat(complete(begun, "2026-11-23T11:00:00Z")).as("it was given all the same").isNull();
    assertThat(purchases.status(purchase)).isEqualTo("cancelled");
  }

  @Test
  void theGrossOfAllSessionsIsThePriceWhateverItIs() {
    var wrong =
        database
            .dsl()
            .fetch(
                """
                with random_price as (
                  select setseed(0.42), case n when 1 then 0 when 2 then 1 else (random() * 10 ^ (n % 12))::bigint end as price,
                         1 + (random() * 99)::int as sessions
                  from generate_series(1, 5000) n)
                select p.price, p.sessions, sum(g.gross), max(g.gross) - min(g.gross) as spread
                from random_price p
                cross join lateral (
                  select o, session_gross(p.price, p.sessions, o) as gross,
                         lag(session_gross(p.price, p.sessions, o)) over (order by o) as before
                  from generate_series(1, p.sessions) o) g
                group by p.price, p.sessions
                having sum(g.gross) <> p.price * count(*) / p.sessions
                    or max(g.gross) - min(g.gross) > 1
                    or bool_or(g.gross < g.before)
                """);
    assertThat(wrong).isEmpty();
    assertThat(
            database
                .dsl()
                .fetchSingle(
                    "select array_agg(session_gross(10000, 7, o) order by o)::text from generate_series(1, 7) o")
                .into(String.class))
        .isEqualTo("{1428,1428,1428,1429,1429,1429,1429}");
  }

  /** An active purchase of a course with this many sessions, at 10:00 from Monday on. */
  private UUID active(int sessions) {
    UUID course = TestCourse.ofSessions(sessions).in(database);
    TestTrainer.teaching(course).in(database);
    return purchases.active(course);
  }

  private UUID session(UUID purchase, int ordinal) {
    return database
        .dsl()
        .fetchSingle(
            """
            select c.id
            from course_session c
            join allocation a on a.id = c.allocation_id
            where a.purchase_id = ? and c.ordinal = ? and c.status <> 'cancelled'
            """,
            purchase,
            ordinal)
        .into(UUID.class);
  }

  private @Nullable String complete(UUID session, String delivered) {
    return Routines.completeSession(
        database.dsl().configuration(),
        session,
        Instant.parse(delivered),
        BigDecimal.valueOf(20),
        purchases.clock.instant(),
        "c",
        "backend");
  }

  private @Nullable String cancel(UUID session) {
    return Routines.cancelSession(database.dsl().configuration(), session, "ill", "c");
  }

  private @Nullable String move(UUID session, String to) {
    return Routines.rescheduleSession(
        database.dsl().configuration(), session, Instant.parse(to), purchases.clock.instant(), "c");
  }
}
