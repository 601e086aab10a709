package dev.mainstay.activities.purchase;

import static dev.mainstay.activities.purchase.TestPurchases.alone;
import static dev.mainstay.activities.purchase.TestPurchases.atOnce;
import static dev.mainstay.activities.purchase.TestPurchases.batch;
import static dev.mainstay.db.generated.Tables.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.mainstay.db.testing.TestBooking;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestRequest;
import dev.mainstay.db.testing.TestStudent;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreatePurchasesTest {

  private final TestPurchases purchases = new TestPurchases();
  private final TestDatabase database = purchases.database;

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    purchases.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50})
  void recordsEverythingOnce(int count) {
    List<UUID> ids = purchases.requests(count, purchases.course());

    assertThat(purchases.create(ids)).isEmpty();

    assertThat(ids).allMatch(id -> purchases.status(id).equals("pending"));
    assertThat(ids).allMatch(id -> purchases.events(id).equals(List.of("purchase.created")));
    for (String table : List.of("payment", "purchase", "invoice", "transaction", "event")) {
      assertThat(purchases.count(table)).as(table).isEqualTo(count);
    }
    assertThat(purchases.count("intake where done_at is null")).isZero();
    assertThat(purchases.splitOff()).isEmpty();
    assertThat(purchases.wakes).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50})
  void changesNothingTheSecondTime(int count) {
    List<UUID> ids = purchases.requests(count, purchases.course());
    purchases.create(ids);
    Map<String, List<String>> after = database.contents();

    assertThat(purchases.create(ids)).isEmpty();

    assertThat(database.contents()).isEqualTo(after);
  }

  @Test
  void changesNothingBesideItself() {
    List<UUID> ids = purchases.requests(50, purchases.course());

    assertThat(atOnce(4, () -> purchases.create(ids))).allMatch(Map::isEmpty);

    assertThat(purchases.count("purchase")).isEqualTo(50);
    assertThat(purchases.count("invoice")).isEqualTo(50);
    assertThat(purchases.count("transaction")).isEqualTo(50);
    assertThat(purchases.count("event")).isEqualTo(50);
  }

  @Test
  void numbersOfInvoicesRiseWithoutGapsWhereNothingFails() {
    List<UUID> ids = purchases.requests(50, purchases.course());
    purchases.create(ids.subList(0, 20));
    purchases.create(ids.subList(0, 30));
    purchases.create(ids.subList(20, 50));

    assertThat(
            database
                .dsl()
                .fetch("select number from invoice order by purchase_id")
                .getValues("number", Long.class))
        .isSorted()
        .doesNotHaveDuplicates()
        .endsWith(50L);
  }

  @ParameterizedTest
  @CsvSource({"false, true, UNKNOWN_STUDENT", "true, false, UNKNOWN_COURSE"})
  void splitsOffWhatNamesNobodyInTheSameTransaction(
      boolean studentKnown, boolean courseKnown, Reason reason) {
    UUID known = purchases.course();
    UUID good = purchases.request(known, "10:00");
    UUID bad =
        TestRequest.of(
                studentKnown ? TestStudent.living("UTC").in(database) : database.newId(),
                courseKnown ? known : database.newId())
            .in(database);

    assertThat(purchases.create(List.of(good, bad))).containsExactly(entry(bad, reason));

    assertThat(purchases.status(good)).isEqualTo("pending");
    assertThat(purchases.count("purchase")).isEqualTo(1);
    assertThat(purchases.count("payment")).isEqualTo(2);
    assertThat(purchases.splitOff()).containsExactly(bad);
    assertThat(purchases.wakes).hasValue(1);
    assertThat(
            purchases.count(
                "event e join intake i on i.kind = 'purchase-alone' and i.xmin = e.xmin"))
        .as("events of the transaction that split off")
        .isEqualTo(1);
  }

  @Test
  void splitsOffOnce() {
    UUID bad = TestRequest.of(database.newId(), purchases.course()).in(database);
    purchases.create(List.of(bad));
    Map<String, List<String>> after = database.contents();

    assertThat(purchases.create(List.of(bad))).containsExactly(entry(bad, Reason.UNKNOWN_STUDENT));

    assertThat(database.contents()).isEqualTo(after);
  }

  @Test
  void refusesADuplicatePaymentAndKeepsItsMoneyInSight() {
    UUID course = purchases.course();
    UUID student = TestStudent.living("UTC").in(database);
    UUID first = TestRequest.of(student, course).in(database);
    UUID second = TestRequest.of(student, course).in(database);

    assertThat(purchases.create(List.of(second, first)))
        .as("the first that was taken in makes the purchase")
        .containsExactly(entry(second, Reason.DUPLICATE_PAYMENT));

    assertThat(purchases.count("payment")).isEqualTo(2);
    assertThat(purchases.count("transaction")).isEqualTo(2);
    assertThat(purchases.count("invoice")).isEqualTo(1);
    assertThat(purchases.splitOff()).containsExactly(second);
    assertThat(purchases.create(List.of(second)))
        .containsExactly(entry(second, Reason.DUPLICATE_PAYMENT));
  }

  @Test
  void aBookingsPaymentMakesNoPurchase() {
    UUID booking = TestBooking.startingAt("2026-11-23T10:00:00Z").in(database);
    UUID student = TestStudent.living("UTC").in(database);
    UUID request = TestRequest.of(student, purchases.course()).in(database);
    // paid in the moment in which the request was taken in
    database
        .dsl()
        .insertInto(PAYMENT)
        .set(PAYMENT.PROVIDER, "stripe")
        .set(PAYMENT.PROVIDER_PAYMENT_ID, TestRequest.paymentId(request))
        .set(PAYMENT.AMOUNT_MINOR, 4_500L)
        .set(PAYMENT.CURRENCY, "USD")
        .set(PAYMENT.BOOKING_ID, booking)
        .set(PAYMENT.CONFIRMED_AT, purchases.clock.instant())
        .execute();

    assertThat(purchases.create(List.of(request)))
        .containsExactly(entry(request, Reason.DUPLICATE_PAYMENT));

    assertThat(purchases.count("payment")).isEqualTo(1);
    assertThat(purchases.count("purchase")).isZero();
  }

  @Test
  void oneOfSeveralPaymentsForACourseWins() {
    UUID course = purchases.course();
    UUID student = TestStudent.living("UTC").in(database);
    List<UUID> ids =
        Stream.generate(() -> TestRequest.of(student, course).in(database)).limit(8).toList();

    var refused =
        atOnce(
            ids.stream()
                .<Callable<Map<UUID, Reason>>>map(id -> () -> purchases.create(List.of(id)))
                .toList());

    assertThat(refused.stream().mapToInt(Map::size).sum()).isEqualTo(7);
    assertThat(purchases.count("purchase")).isEqualTo(1);
    assertThat(purchases.count("payment")).isEqualTo(8);
  }

  @Test
  void aPurchaseAloneIsNotSplitOffAgain() {
    UUID student = database.newId();
    UUID bad = TestRequest.of(student, purchases.course()).in(database);
    purchases.create(List.of(bad));

    assertThat(purchases.steps.create(alone(List.of(bad))).refused()).hasSize(1);

    assertThat(purchases.splitOff()).containsExactly(bad);
    assertThat(purchases.count("intake where done_at is null")).isZero();
  }

  @Test
  void takesTimeAndZoneFromThePaymentThenTheStudentThenTheRule() {
    UUID course = purchases.course();
    UUID plain = TestStudent.living("Asia/Tokyo").in(database);
    UUID early = TestStudent.living("Asia/Tokyo").preferring("07:15").in(database);
    UUID other = TestStudent.living("Asia/Tokyo").preferring("07:15").in(database);
    UUID byRule = TestRequest.of(plain, course).in(database);
    UUID byStudent = TestRequest.of(early, course).in(database);
    UUID byPayment =
        TestRequest.of(other, course).preferring("19:45").inZone("Europe/Vienna").in(database);

    purchases.create(List.of(byRule, byStudent, byPayment));

    assertThat(wish(byRule)).isEqualTo("10:00:00 Asia/Tokyo");
    assertThat(wish(byStudent)).isEqualTo("07:15:00 Asia/Tokyo");
    assertThat(wish(byPayment)).isEqualTo("19:45:00 Europe/Vienna");
  }

  @Test
  void whatWasCancelledBeforeItWasMadeIsNotMade() {
    UUID id = purchases.request(purchases.course(), "10:00");
    purchases.cancel(List.of(id));

    assertThat(purchases.create(List.of(id))).containsExactly(entry(id, Reason.ENDED));

    assertThat(purchases.count("purchase")).isZero();
    assertThat(purchases.count("payment")).isEqualTo(1);
    assertThat(purchases.splitOff()).isEmpty();
  }

  @Test
  void creatingAndCancellingAtOnceEndCancelled() {
    UUID course = purchases.course();
    for (int round = 0; round < 20; round++) {
      List<UUID> ids = purchases.requests(5, course);
      atOnce(
          List.of(
              () -> purchases.steps.create(batch(ids)).refused(),
              () -> {
                purchases.cancel(ids);
                return List.of();
              }));
    }
    assertThat(purchases.count("purchase where status <> 'cancelled'")).isZero();
    assertThat(purchases.count("event where type = 'purchase.cancelled'")).isEqualTo(100);
  }

  private String wish(UUID purchase) {
    return database
        .dsl()
        .fetchSingle("select preferred_time || ' ' || zone from purchase where id = ?", purchase)
        .into(String.class);
  }
}
