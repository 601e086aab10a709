package dev.mainstay.activities.refund;

import static dev.mainstay.activities.purchase.TestPurchases.atOnce;
import static dev.mainstay.activities.refund.TestRefunds.PAID;
import static dev.mainstay.activities.refund.TestRefunds.refund;
import static dev.mainstay.activities.refund.TestRefunds.total;
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

/** The reversal by a refund of the sessions' earnings. The refund is booked on Tuesday at noon. */
class ReversedEarningsTest {

  private static final String TUESDAY_NOON = "2026-11-24T12:00:00Z";

  private final TestRefunds refunds = new TestRefunds();
  private final TestPurchases purchases = refunds.purchases;
  private final TestDatabase database = refunds.database;
  private final UUID course = TestCourse.ofSessions(7).in(database);
  private final UUID trainer = TestTrainer.teaching(course).in(database);

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    refunds.close();
  }

  @Test
  void aFullRefundTakesBackWhatWasEarned() {
    UUID purchase = given(2);

    tell(purchase, total(PAID));
    Map<String, List<String>> after = database.contents();
    refunds.book(database.newId(), purchase);

    assertThat(database.contents()).isEqualTo(after);
    assertThat(earnings())
        .containsExactly(
            "delivery 1428 286 1142 2026-11-23T11:00:00Z",
            "delivery 1428 286 1142 2026-11-24T11:00:00Z",
            "reversal -1428 -286 -1142 2026-11-23T11:00:00Z",
            "reversal -1428 -286 -1142 2026-11-24T11:00:00Z");
    assertThat(
            database
                .dsl()
                .fetchSingle("select sum(net_minor) from earning where vendor_id = ?", trainer)
                .into(long.class))
        .isZero();
  }

  @Test
  void aPartialRefundTakesNothingBackTheRestTakesAll() {
    UUID purchase = given(1);

    tell(purchase, refund("re_1", 4_000));
    assertThat(earnings()).hasSize(1);

    tell(purchase, refund("re_2", PAID - 4_000));
    assertThat(earnings()).hasSize(2);
  }

  @Test
  void whatWasCancelledBeforeIsTakenBackToo() {
    UUID purchase = given(1);
    purchases.cancel(List.of(purchase));
    assertThat(earnings()).hasSize(1);

    tell(purchase, total(PAID));

    assertThat(purchases.status(purchase)).isEqualTo("cancelled");
    assertThat(earnings()).hasSize(2);
  }

  @Test
  void nothingIsEarnedOnceThePaymentWentBack() {
    UUID purchase = given(0);
    purchases.cancel(List.of(purchase));
    tell(purchase, total(PAID));

    assertThat(complete(session(purchase, 1), "2026-11-23T11:00:00Z")).isEqualTo("refunded");

    assertThat(earnings()).isEmpty();
  }

  @Test
  void aCompletionAndARefundAtOnceEarnNothingInTheEnd() {
    UUID purchase = given(0);
    UUID session = session(purchase, 1);
    refunds.tell(purchase, total(PAID));

    atOnce(
        List.of(
            () -> {
              complete(session, "2026-11-23T11:00:00Z");
              return true;
            },
            () -> {
              refunds.bookWhatWaits(purchase);
              return true;
            }));

    assertThat(
            database
                .dsl()
                .fetchSingle("select coalesce(sum(net_minor), 0) from earning")
                .into(long.class))
        .isZero();
  }

  /** A purchase with this many completed sessions, on Tuesday. */
  private UUID given(int sessions) {
    UUID purchase = purchases.active(course);
    purchases.clock.set(TUESDAY_NOON);
    List<String> deliveries = List.of("2026-11-23T11:00:00Z", "2026-11-24T11:00:00Z");
    for (int given = 0; given < sessions; given++) {
      assertThat(complete(session(purchase, given + 1), deliveries.get(given))).isNull();
    }
    return purchase;
  }

  private void tell(UUID purchase, TestRefunds.Fact fact) {
    refunds.tell(purchase, fact);
    refunds.bookWhatWaits(purchase);
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

  private UUID session(UUID purchase, int ordinal) {
    return database
        .dsl()
        .fetchSingle(
            "select c.id from course_session c join allocation a on a.id = c.allocation_id where a.purchase_id = ? and c.ordinal = ?",
            purchase,
            ordinal)
        .into(UUID.class);
  }

  private List<String> earnings() {
    return database
        .dsl()
        .fetch("select * from earning order by kind, earned_at, id")
        .map(row ->
            "%s %s %s %s %s"
                .formatted(
                    row.get("kind"),
                    row.get("gross_minor"),
                    row.get("commission_minor"),
                    row.get("net_minor"),
                    row.get("earned_at", Instant.class)));
  }
}
