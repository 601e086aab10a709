package dev.mainstay.activities.payroll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.purchase.TestPurchases;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestCourse;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestRequest;
import dev.mainstay.db.testing.TestTrainer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The authors of what a course session earns: of its payment, its delivery and its refund. */
class PurchaseAuthorsTest {

  private static final Instant DELIVERED = Instant.parse("2026-11-23T10:00:00Z");

  private final TestPurchases purchases = new TestPurchases();
  private final TestDatabase database = purchases.database();
  private final TestPayroll payroll = new TestPayroll(database);
  private final UUID course = TestCourse.ofSessions(7).in(database);
  private final UUID trainer = TestTrainer.teaching(course).in(database);
  private final UUID purchase = purchases.active(course);

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    purchases.close();
  }

  @Test
  void whoeverAssertedThePaymentMadeItDue() {
    database.dsl().execute("update intake set client = 'till' where kind = 'purchase'");
    complete();

    assertThat(authors()).containsExactly("backend", "fin", "till");
  }

  @Test
  void whatTheProviderReportsHasNoAuthor() {
    complete();
    refund();

    assertThat(authors()).containsExactly("backend", "fin");
  }

  @Test
  void whoeverRequestedTheRefundTookItOut() {
    complete();
    Routines.requestRefund(
        database.dsl().configuration(), purchase, null, "rita", "unhappy", "rita", "c");
    refund();

    assertThat(authors()).containsExactly("backend", "fin", "rita");
  }

  private void complete() {
    purchases.clock.set("2026-11-24T12:00:00Z");
    UUID session =
        database
            .dsl()
            .fetchSingle("select id from course_session where ordinal = 1")
            .into(UUID.class);
    assertThat(
            Routines.completeSession(
                database.dsl().configuration(),
                session,
                DELIVERED,
                BigDecimal.valueOf(20),
                purchases.clock.instant(),
                "c",
                "backend"))
        .isNull();
  }

  private void refund() {
    String payment = TestRequest.paymentId(purchase);
    database
        .dsl()
        .execute(
            "select record_refund_fact('stripe', ?, 'total', 'ch_1', ?, 'USD', 'succeeded', null, null, 'c')",
            payment,
            TestCourse.PRICE_MINOR);
    database.dsl().execute("select apply_refund('stripe', ?, now())", payment);
    database.dsl().execute("update intake set done_at = now() where kind = 'refund'");
  }

  private List<String> authors() {
    assertThat(
            database.dsl().fetchValue("select count(*) from earning where vendor_id = ?", trainer))
        .isNotEqualTo(0L);
    UUID run = payroll.requested("weekly", "2026-11-23", "UTC");
    payroll.steps(true).begin(run);
    return List.of(Routines.proposePayroll(database.dsl().configuration(), run).getChangedBy());
  }
}
