package dev.mainstay.activities.refund;

import static dev.mainstay.activities.refund.TestRefunds.PAID;
import static dev.mainstay.activities.refund.TestRefunds.failed;
import static dev.mainstay.activities.refund.TestRefunds.pending;
import static dev.mainstay.activities.refund.TestRefunds.refund;
import static dev.mainstay.activities.refund.TestRefunds.total;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.refund.RefundGateway.Answer.Accepted;
import dev.mainstay.activities.refund.RefundGateway.Answer.Refused;
import dev.mainstay.activities.refund.RefundGateway.Made;
import dev.mainstay.activities.refund.RefundGateway.Wish;
import dev.mainstay.activities.refund.TestRefunds.Fact;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.workflows.refund.RefundPayments.Outcome;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refunds that succeeded, or were to, and then failed: the platform has the money again. */
class FailedRefundTest {

  private final TestRefunds refunds = new TestRefunds();
  private final UUID purchase = newPurchase();

  @AfterEach
  void nothingIsLost() {
    assertThat(refunds.database.violations()).isEmpty();
    refunds.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBookedRefundThatFailsNeedsAnOperatorAndIsAskedForAgainOnce(boolean oneByOne) {
    tell(oneByOne ? refund("re_1", PAID) : total(PAID));
    String booked = refunds.facts(purchase);

    tell(failed("re_1", PAID));
    tell(failed("re_1", PAID));
    tell(refund("re_1", PAID));

    assertThat(refunds.itemOf(purchase, "re_1")).startsWith("open 10000 USD retry,cancel");
    assertThat(refunds.purchases.status(purchase)).isEqualTo("refunded");
    assertThat(refunds.want(purchase, null)).as("all is booked as refunded").isNull();
    UUID again = again("re_1");
    assertThat(payments(new Accepted("re_2", true)).ask(again).outcome())
        .isEqualTo(Outcome.ARRIVED);
    refunds.book(again, purchase);
    tell(refund("re_2", PAID));
    assertThat(refunds.facts(purchase))
        .as("the same money is booked once")
        .isEqualTo(booked.replace("0 open items", "1 open items"));
  }

  @Test
  void whatFailsAgainIsAskedForAgain() {
    tell(refund("re_1", PAID));
    tell(failed("re_1", PAID));
    UUID again = again("re_1");
    payments(new Accepted("re_2", false)).ask(again);

    tell(failed("re_2", PAID));

    assertThat(refunds.itemOf(purchase, "re_2")).startsWith("open 10000 USD");
    assertThat(refunds.purchases.status(purchase)).isEqualTo("refunded");
    payments(new Accepted("re_3", true)).ask(again("re_2"));
    refunds.bookWhatWaits(purchase);
    assertThat(refunds.facts(purchase)).contains("refunded 10000 by transactions, 10000 by");
    assertThat(refunds.wantAgain(purchase, "re_2")).as("nothing is left").isNull();
  }

  @Test
  void aRefusedRepeatLeavesWhatIsBooked() {
    tell(refund("re_1", 4_000));
    tell(failed("re_1", 4_000));
    UUID again = again("re_1");
    RefundPaymentsImpl refusing = payments(new Refused("card_declined"));
    assertThat(refusing.ask(again).outcome()).isEqualTo(Outcome.REFUSED);

    assertThat(refusing.cancel(again).outcome()).isEqualTo(Outcome.CANCELLED);

    refunds.bookWhatWaits(purchase);
    assertThat(refunds.facts(purchase)).contains("refunded 4000 by transactions, 4000 by");
    tell(refund("re_2", 3_000));
    assertThat(refunds.facts(purchase)).contains("refunded 7000 by transactions, 7000 by");
  }

  @Test
  void whatIsAskedForAgainIsNotBookedAgainWhateverComesInBetween() {
    tell(refund("re_1", 4_000));
    tell(failed("re_1", 4_000));
    tell(refund("re_2", 3_000));
    assertThat(refunds.facts(purchase)).contains("refunded 7000 by transactions, 7000 by");
    UUID again = again("re_1");
    assertThat(refunds.want(purchase, 3_001L)).isNull();
    tell(refund("re_3", 2_000));

    payments(new Accepted("re_4", true)).ask(again);

    refunds.book(again, purchase);
    refunds.bookWhatWaits(purchase);
    assertThat(refunds.facts(purchase)).contains("refunded 9000 by transactions, 9000 by");
  }

  @Test
  void aRefundThatFailsBeforeItIsBookedIsNotBooked() {
    refunds.tell(purchase, refund("re_1", PAID));
    refunds.tell(purchase, failed("re_1", PAID));

    refunds.bookWhatWaits(purchase);

    assertThat(refunds.purchases.status(purchase)).isEqualTo("active");
    assertThat(refunds.itemOf(purchase, "re_1")).startsWith("open 10000 USD");
    tell(refund("re_2", PAID));
    assertThat(refunds.purchases.status(purchase))
        .as("a run for the same total was there before")
        .isEqualTo("refunded");
  }

  @Test
  void theFailureThatIsToldFirstIsTheEnd() {
    tell(failed("re_1", PAID));

    tell(pending("re_1", PAID));
    tell(refund("re_1", PAID));
    tell(total(PAID));

    assertThat(refunds.purchases.status(purchase)).isEqualTo("active");
    assertThat(refunds.itemOf(purchase, "re_1")).startsWith("open 10000 USD");
  }

  @Test
  void itsItemClosesItselfOnceAllOfTheMoneyWentBackInAnotherWay() {
    tell(refund("re_1", PAID));
    tell(failed("re_1", PAID));
    tell(refund("re_2", 4_000));
    assertThat(refunds.itemOf(purchase, "re_1")).startsWith("open");

    tell(refund("re_3", 6_000));

    assertThat(refunds.itemOf(purchase, "re_1")).startsWith("resolved");
  }

  private UUID again(String refundId) {
    return requireNonNull(refunds.wantAgain(purchase, refundId));
  }

  private void tell(Fact fact) {
    refunds.tell(purchase, fact);
    refunds.bookWhatWaits(purchase);
  }

  /** With a provider that always gives this answer, and has made nothing. */
  private RefundPaymentsImpl payments(RefundGateway.Answer answer) {
    return new RefundPaymentsImpl(
        refunds.requests,
        Map.of(
            "stripe",
            new RefundGateway() {
              @Override
              public Answer refund(Wish wish) {
                return answer;
              }

              @Override
              public List<Made> made(String paymentId, UUID requestId) {
                return List.of();
              }
            }));
  }

  private UUID newPurchase() {
    UUID course = refunds.purchases.course();
    TestTrainer.teaching(course).upTo(1).in(refunds.database);
    return refunds.purchases.active(course);
  }
}
