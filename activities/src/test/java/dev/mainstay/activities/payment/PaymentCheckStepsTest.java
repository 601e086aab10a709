package dev.mainstay.activities.payment;

import static dev.mainstay.db.generated.Tables.EARNING;
import static dev.mainstay.db.generated.Tables.INTAKE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.intake.WrittenBodies;
import dev.mainstay.activities.payment.PaymentLookup.ReceivedPayment;
import dev.mainstay.activities.purchase.TestPurchases;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestBooking;
import dev.mainstay.db.testing.TestCourse;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestRequest;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.workflows.payment.PaymentCheckIntake;
import dev.mainstay.workflows.process.Claimed;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Payments that a client asserts, on Tuesday at noon, and a provider that knows some of them. */
class PaymentCheckStepsTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final long PRICE = 4_500;

  private final TestPurchases purchases = new TestPurchases();
  private final TestDatabase database = purchases.database();
  private final Map<String, ReceivedPayment> provider = new HashMap<>();
  private final PaymentCheckStepsImpl steps =
      steps(Map.of("stripe", id -> Optional.ofNullable(provider.get(id))));

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    purchases.close();
  }

  @Test
  void aPaymentThatNeverWasPaysNobody() {
    UUID booking = delivered();
    assertThat(pay(booking, "pi_1")).isNull();

    assertThat(check(booking, "pi_1")).contains("the provider has no such payment");

    assertThat(hold(booking)).isEqualTo("unverified-payment");
    WrittenBodies.assertMatchRecord(database.dsl(), "payment-check");
  }

  @Test
  void aConfirmedPaymentMakesItsEarningDueOnce() {
    UUID booking = delivered();
    assertThat(pay(booking, "pi_1")).isNull();
    received("pi_1", PRICE, "USD", "succeeded");

    assertThat(check(booking, "pi_1")).isEmpty();

    assertThat(hold(booking)).isNull();
    Map<String, List<String>> after = database.contents();
    assertThat(check(booking, "pi_1")).isEmpty();
    assertThat(database.contents()).isEqualTo(after);
    assertThat(
            database
                .dsl()
                .fetchCount(INTAKE, INTAKE.KIND.eq("payment-check").and(INTAKE.DONE_AT.isNull())))
        .isZero();
  }

  @Test
  void amountCurrencyAndStatusMustAgree() {
    UUID booking = delivered();
    assertThat(pay(booking, "pi_1")).isNull();

    received("pi_1", PRICE - 1, "USD", "succeeded");
    assertThat(check(booking, "pi_1"))
        .contains("the provider received 4499 USD in minor units, not 4500 USD");
    received("pi_1", PRICE, "EUR", "succeeded");
    assertThat(check(booking, "pi_1"))
        .contains("the provider received 4500 EUR in minor units, not 4500 USD");
    received("pi_1", PRICE, "USD", "requires_capture");
    assertThat(check(booking, "pi_1")).contains("the payment's status is requires_capture");

    assertThat(hold(booking)).isEqualTo("unverified-payment");
  }

  @Test
  void aProviderWithoutAccessOrAnswerConfirmsNothing() {
    UUID booking = delivered();
    assertThat(pay(booking, "pi_1")).isNull();
    PaymentCheckStepsImpl down =
        steps(
            Map.of(
                "stripe",
                _ -> {
                  throw new NotReachedException("Stripe was not reached");
                }));

    assertThat(steps(Map.of()).check(claimed(booking, "pi_1")))
        .contains("there is no access to the provider stripe");
    assertThatThrownBy(() -> down.check(claimed(booking, "pi_1")))
        .isInstanceOf(NotReachedException.class);

    assertThat(hold(booking)).isEqualTo("unverified-payment");
  }

  @Test
  void aCheckoutSessionAndItsPaymentIntentAreOnePayment() {
    UUID first = delivered();
    UUID second = delivered();
    UUID third = delivered();
    assertThat(pay(first, "cs_1")).isNull();
    provider.put("cs_1", new ReceivedPayment("pi_1", PRICE, "USD", "succeeded", true));

    assertThat(check(first, "cs_1")).isEmpty();
    assertThat(pay(second, "pi_1")).isEqualTo("payment-taken-otherwise");

    assertThat(pay(second, "pi_2")).isNull();
    received("pi_2", PRICE, "USD", "succeeded");
    assertThat(check(second, "pi_2")).isEmpty();
    assertThat(pay(third, "cs_2")).isNull();
    provider.put("cs_2", new ReceivedPayment("pi_2", PRICE, "USD", "succeeded", true));
    assertThat(check(third, "cs_2")).contains("the payment was taken in before, as pi_2");
    assertThat(hold(first)).isNull();
    assertThat(hold(second)).isNull();
    assertThat(hold(third)).isEqualTo("unverified-payment");
  }

  @Test
  void theSessionsOfAnAssertedPurchaseAreDueOnceItIsConfirmed() {
    UUID course = TestCourse.ofSessions(7).in(database);
    TestTrainer.teaching(course).in(database);
    UUID purchase = purchases.request(course, "10:00");
    String payment = TestRequest.paymentId(purchase);
    database
        .dsl()
        .execute(
            "update intake set body = body || '{\"unconfirmed\": true}' where kind = 'purchase'");
    assertThat(purchases.carry(List.of(purchase))).isEmpty();
    UUID session = complete(purchase, 1);
    assertThat(hold(session)).isEqualTo("unverified-payment");

    received(payment, TestCourse.PRICE_MINOR, "USD", "succeeded");
    assertThat(check(purchase, payment)).isEmpty();

    assertThat(hold(session)).isNull();
    assertThat(hold(complete(purchase, 2))).isNull();
  }

  @Test
  void aCheckMayComeBeforeThePurchasesFirstStep() {
    UUID course = TestCourse.ofSessions(7).in(database);
    TestTrainer.teaching(course).in(database);
    UUID purchase = purchases.request(course, "10:00");
    String payment = TestRequest.paymentId(purchase);
    database
        .dsl()
        .execute(
            "update intake set body = body || '{\"unconfirmed\": true}' where kind = 'purchase'");
    received(payment, TestCourse.PRICE_MINOR, "USD", "succeeded");

    assertThat(check(purchase, payment)).isEmpty();

    assertThat(purchases.carry(List.of(purchase))).isEmpty();
    assertThat(hold(complete(purchase, 1))).isNull();
  }

  private PaymentCheckStepsImpl steps(Map<String, PaymentLookup> lookups) {
    return new PaymentCheckStepsImpl(database.dsl(), database.transaction(), lookups, () -> NOON);
  }

  private void received(String payment, long minor, String currency, String status) {
    provider.put(
        payment, new ReceivedPayment(payment, minor, currency, status, status.equals("succeeded")));
  }

  private Optional<String> check(UUID subject, String payment) {
    return steps.check(claimed(subject, payment));
  }

  private static Claimed<PaymentCheckIntake> claimed(UUID subject, String payment) {
    return new Claimed<>(new PaymentCheckIntake("stripe", payment, PRICE, "USD"), subject, "c");
  }

  private UUID delivered() {
    UUID booking = TestBooking.startingAt("2026-11-23T10:00:00Z").in(database);
    assertThat(
            Routines.completeBooking(
                database.dsl().configuration(),
                booking,
                null,
                BigDecimal.valueOf(20),
                NOON,
                "c",
                "backend"))
        .isNull();
    return booking;
  }

  private @Nullable String pay(UUID booking, String payment) {
    return Routines.payBooking(
        database.dsl().configuration(), booking, "stripe", payment, true, null, NOON, "c", "till");
  }

  private UUID complete(UUID purchase, int ordinal) {
    UUID session =
        database
            .dsl()
            .fetchSingle(
                "select c.id from course_session c join allocation a on a.id = c.allocation_id where a.purchase_id = ? and c.ordinal = ?",
                purchase,
                ordinal)
            .into(UUID.class);
    assertThat(
            Routines.completeSession(
                database.dsl().configuration(),
                session,
                NOON,
                BigDecimal.valueOf(20),
                NOON,
                "c",
                "backend"))
        .isNull();
    return session;
  }

  private @Nullable String hold(UUID source) {
    return database.dsl().fetchSingle(EARNING, EARNING.SOURCE_ID.eq(source)).getHeld();
  }
}
