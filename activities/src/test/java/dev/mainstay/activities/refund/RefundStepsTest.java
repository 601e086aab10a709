package dev.mainstay.activities.refund;

import static dev.mainstay.activities.refund.TestRefunds.PAID;
import static dev.mainstay.activities.refund.TestRefunds.refund;
import static dev.mainstay.activities.refund.TestRefunds.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.mainstay.activities.intake.WrittenBodies;
import dev.mainstay.activities.purchase.TestPurchases;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestRequest;
import dev.mainstay.db.testing.TestStudent;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import dev.mainstay.workflows.refund.RefundSteps.Booked;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefundStepsTest {

  private final TestRefunds refunds = new TestRefunds();
  private final TestPurchases purchases = refunds.purchases;
  private final TestDatabase database = refunds.database;
  private final UUID course = purchases.course();
  private final UUID trainer = TestTrainer.teaching(course).upTo(1).in(database);

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    refunds.close();
  }

  @Test
  void aFullRefundEndsAnActivePurchase() {
    UUID id = purchases.active(course);
    purchases.clock.set("2026-11-24T12:00:00Z");

    tell(id, total(PAID));

    assertThat(purchases.status(id)).isEqualTo("refunded");
    assertThat(purchases.days(id)).hasSize(2);
    assertThat(TestTrainer.load(database, trainer)).isZero();
    assertThat(purchases.events(id)).endsWith("purchase.refunded");
    assertThat(purchases.count("credit_note where amount_minor = " + PAID)).isEqualTo(1);
    assertThat(refunds.woken).as("it runs in a batch, which never waits").isEmpty();
  }

  @Test
  void theFirstStepRunAgainBooksItAtTheTimeOfTheSteps() {
    purchases.clock.set("2025-11-21T09:00:00Z");
    UUID id = purchases.active(course);

    refunds.tell(id, total(PAID));
    purchases.create(List.of(id));

    assertThat(purchases.status(id)).isEqualTo("refunded");
    assertThat(purchases.days(id)).as("the database's clock says that all are past").isEmpty();
  }

  @Test
  void aPartialRefundLeavesThePurchase() {
    UUID id = purchases.active(course);

    tell(id, refund("re_1", 4_000));
    tell(id, refund("re_2", 1_000));

    assertThat(purchases.status(id)).isEqualTo("active");
    assertThat(purchases.days(id)).hasSize(7);
    assertThat(purchases.count("credit_note")).isEqualTo(2);
    assertThat(refunds.facts(id)).contains("5000 by the payment, 5000 by credit notes");
    WrittenBodies.assertMatchRecord(purchases.database().dsl(), "refund");
  }

  @Test
  void whatIsToldAgainSetsNothingGoing() {
    UUID id = purchases.active(course);
    assertThat(refunds.tell(id, total(PAID))).isTrue();
    assertThat(refunds.tell(id, total(PAID))).isFalse();
    assertThat(refunds.tell(id, refund("re_1", PAID))).as("the same money").isFalse();
    refunds.bookWhatWaits(id);
    Map<String, List<String>> after = database.contents();

    assertThat(refunds.tell(id, total(4_000))).as("an older total").isFalse();
    refunds.book(database.newId(), id);

    assertThat(database.contents()).isEqualTo(after);
  }

  @Test
  void aRefundOfAPaymentThatNeverComesStaysAFact() {
    UUID stranger = database.newId();
    refunds.tell(stranger, total(PAID));

    assertThat(refunds.book(database.newId(), stranger)).isEqualTo(new Booked(null));

    assertThat(purchases.count("payment")).isZero();
    assertThat(purchases.count("refund_fact")).isEqualTo(1);
  }

  @Test
  void anotherCurrencyIsNotBooked() {
    UUID id = purchases.active(course);
    database
        .dsl()
        .execute(
            "select record_refund_fact('stripe', ?, 'total', 'ch_1', 10000, 'EUR', 'succeeded', null, '', 'c')",
            TestRequest.paymentId(id));

    refunds.bookWhatWaits(id);

    assertThat(purchases.status(id)).isEqualTo("active");
    database.admin().execute("update refund_fact set recorded_at = now() - interval '6 minutes'");
    database.admin().execute("update payment set recorded_at = now() - interval '6 minutes'");
    assertThat(database.violations()).containsExactly("refund-not-booked");
    database.admin().execute("delete from refund_fact");
  }

  @Test
  void aRefundOfWhatCouldNeverBeMadeEndsItAndWakesItsRun() {
    UUID unknown = TestRequest.of(database.newId(), course).in(database);
    assertThat(purchases.create(List.of(unknown)))
        .containsExactly(entry(unknown, Reason.UNKNOWN_STUDENT));
    purchases.attention.open(item(unknown, "unknown-student"), null);

    tell(unknown, total(PAID));

    assertThat(refunds.woken).containsExactly(TestRequest.paymentId(unknown));
    assertThat(purchases.create(List.of(unknown))).containsExactly(entry(unknown, Reason.ENDED));
    assertThat(purchases.events(unknown)).containsExactly("purchase.refunded");
    assertThat(purchases.count("attention where status = 'open'")).isZero();
  }

  @Test
  void aRefundIsCreditedOnceThereIsAnInvoice() {
    UUID student = database.newId();
    UUID id = TestRequest.of(student, course).in(database);
    purchases.create(List.of(id));
    tell(id, refund("re_1", 4_000));
    assertThat(purchases.count("credit_note")).isZero();
    database
        .admin()
        .execute(
            "insert into customer (id, name, locale, zone) values (?, 'Ann', 'en', 'UTC')",
            student);

    assertThat(purchases.carry(List.of(id))).isEmpty();

    assertThat(refunds.facts(id)).contains("4000 by credit notes; purchase active");
  }

  @Test
  void aCancelledPurchaseStaysCancelledWhenItsMoneyGoesBack() {
    UUID id = purchases.active(course);
    purchases.cancel(List.of(id));

    tell(id, total(PAID));

    assertThat(purchases.status(id)).isEqualTo("cancelled");
    assertThat(refunds.facts(id)).contains(PAID + " by credit notes");
    assertThat(purchases.events(id)).doesNotContain("purchase.refunded");
  }

  @Test
  void noMoreIsAskedForThanIsLeft() {
    UUID id = purchases.active(course);
    tell(id, refund("re_1", 4_000));

    assertThat(refunds.want(id, 6_001L)).isNull();
    assertThat(refunds.want(id, 0L)).isNull();
    assertThat(refunds.want(id, 2_000L)).isNotNull();
    assertThat(refunds.want(id, 4_001L)).as("2,000 are asked for already").isNull();
    assertThat(refunds.want(id, null)).isNotNull();
    assertThat(refunds.want(id, null)).as("nothing is left").isNull();
    assertThat(purchases.count("refund_request where amount_minor = 4000")).isEqualTo(1);
    assertThat(purchases.count("intake where kind = 'refund' and done_at is null")).isEqualTo(2);
  }

  @Test
  void whatIsNotAskedForAfterAllMayBeAskedForAgain() {
    UUID id = purchases.active(course);
    UUID first = refunds.want(id, null);
    assertThat(refunds.want(id, null)).isNull();

    refunds.requests.cancel(Objects.requireNonNull(first));

    assertThat(refunds.want(id, null)).isNotNull();
    WrittenBodies.assertMatchRecord(purchases.database().dsl(), "refund");
  }

  @Test
  void cancelOfADuplicateAsksItsMoneyBackOnceAndLeavesTheOther() {
    UUID student = TestStudent.living("UTC").in(database);
    UUID held = TestRequest.of(student, course).in(database);
    assertThat(purchases.carry(List.of(held))).isEmpty();
    UUID duplicate = TestRequest.of(student, course).in(database);
    assertThat(purchases.carry(List.of(duplicate)))
        .containsExactly(entry(duplicate, Reason.DUPLICATE_PAYMENT));

    assertThat(refunds.want(duplicate, null)).isNotNull();
    purchases.steps.cancel(TestPurchases.alone(List.of(duplicate)));
    assertThat(refunds.want(duplicate, null)).as("once").isNull();

    assertThat(purchases.count("refund_request where amount_minor = 10000")).isEqualTo(1);
    assertThat(purchases.events(duplicate)).containsExactly("purchase.cancelled");
    tell(duplicate, total(PAID));
    assertThat(refunds.facts(duplicate)).contains("10000 by the payment", "purchase never made");
    assertThat(refunds.facts(held))
        .contains("0 by the payment", "purchase active", "1 allocations");
  }

  private void tell(UUID purchase, TestRefunds.Fact fact) {
    refunds.tell(purchase, fact);
    refunds.bookWhatWaits(purchase);
  }

  private static AttentionItem item(UUID purchase, String reason) {
    return new AttentionItem(
        "purchase",
        "purchase/stripe/" + TestRequest.paymentId(purchase),
        purchase,
        "create",
        reason,
        "why",
        "create/" + reason,
        "records it",
        List.of(),
        PAID,
        "USD",
        "correlation");
  }
}
