package dev.mainstay.activities.refund;

import static dev.mainstay.activities.refund.TestRefunds.PAID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.refund.RefundGateway.Answer;
import dev.mainstay.activities.refund.RefundGateway.Answer.Accepted;
import dev.mainstay.activities.refund.RefundGateway.Answer.Refused;
import dev.mainstay.activities.refund.RefundGateway.Answer.Unknown;
import dev.mainstay.activities.refund.RefundGateway.Made;
import dev.mainstay.activities.refund.RefundGateway.State;
import dev.mainstay.activities.refund.RefundGateway.Wish;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.workflows.refund.RefundPayments.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefundPaymentsTest {

  private static final Unknown TIMEOUT = new Unknown("timeout", false);
  private static final Unknown STORED = new Unknown("ApiException (500)", true);

  private final TestRefunds refunds = new TestRefunds();
  private final FakeGateway gateway = new FakeGateway();
  private final RefundPaymentsImpl payments =
      new RefundPaymentsImpl(refunds.requests, Map.of("stripe", gateway));
  private final UUID purchase = newPurchase();
  private final UUID request = Objects.requireNonNull(refunds.want(purchase, null));

  @AfterEach
  void nothingIsLost() {
    assertThat(refunds.database.violations()).isEmpty();
    refunds.close();
  }

  @Test
  void whatArrivedIsAFactAndBooked() {
    gateway.answer(new Accepted("re_1", true));

    assertThat(ask()).isEqualTo(Outcome.ARRIVED);
    refunds.book(request, purchase);

    assertThat(gateway.asked).containsExactly("look", "refund 1");
    assertThat(refunds.purchases.status(purchase)).isEqualTo("refunded");
    assertThat(refunds.tell(purchase, TestRefunds.refund("re_1", PAID))).isFalse();
    assertThat(refunds.tell(purchase, TestRefunds.total(PAID))).isFalse();
  }

  @Test
  void whatHasNotArrivedIsNoFactYet() {
    gateway.answer(new Accepted("re_1", false));

    assertThat(ask()).isEqualTo(Outcome.PENDING);

    assertThat(refunds.tell(purchase, TestRefunds.total(PAID)))
        .as("the total of the charge includes what is pending")
        .isFalse();
    assertThat(refunds.purchases.status(purchase)).isEqualTo("active");
    assertThat(refunds.want(purchase, null)).as("nothing is left to ask for").isNull();
    assertThat(refunds.tell(purchase, TestRefunds.refund("re_1", PAID))).isTrue();
    refunds.bookWhatWaits(purchase);
    assertThat(refunds.purchases.status(purchase)).isEqualTo("refunded");
    assertThat(ask()).isEqualTo(Outcome.ARRIVED);
    assertThat(gateway.asked).as("the event said so").containsExactly("look", "refund 1");
  }

  @Test
  void whatIsPendingIsLookedUpUntilItArrives() {
    gateway.answer(new Accepted("re_1", false));
    assertThat(ask()).isEqualTo(Outcome.PENDING);
    gateway.made(1, "re_1", State.PENDING);
    assertThat(ask()).isEqualTo(Outcome.PENDING);

    gateway.made(1, "re_1", State.ARRIVED);

    assertThat(ask()).isEqualTo(Outcome.ARRIVED);
    refunds.book(request, purchase);
    assertThat(refunds.purchases.status(purchase)).isEqualTo("refunded");
    assertThat(gateway.asked).containsExactly("look", "refund 1", "look", "look");
  }

  @Test
  void whatIsPendingAndFailsNeedsAnOperatorAndBlocksNoOtherRefund() {
    gateway.answer(new Accepted("re_1", false));
    assertThat(ask()).isEqualTo(Outcome.PENDING);
    gateway.made(1, "re_1", State.FAILED);

    assertThat(ask()).isEqualTo(Outcome.FAILED);

    assertThat(refunds.itemOf(purchase, "re_1"))
        .isEqualTo(
            "open 10000 USD retry,cancel: the provider accepted the refund, but it did not arrive: declined");
    assertThat(refunds.purchases.status(purchase)).isEqualTo("active");
    assertThat(ask()).as("again").isEqualTo(Outcome.FAILED);
    assertThat(refunds.want(purchase, PAID)).isNotNull();
  }

  @Test
  void anEventThatSaysSoIsTheSame() {
    gateway.answer(new Accepted("re_1", false));
    assertThat(ask()).isEqualTo(Outcome.PENDING);

    assertThat(refunds.tell(purchase, TestRefunds.failed("re_1", PAID))).isFalse();

    assertThat(refunds.itemOf(purchase, "re_1")).startsWith("open 10000 USD");
    assertThat(ask()).isEqualTo(Outcome.FAILED);
    assertThat(gateway.asked).containsExactly("look", "refund 1");
    assertThat(refunds.wantAgain(purchase, "re_1")).isNotNull();
    assertThat(refunds.want(purchase, null)).as("it is asked for again").isNull();
  }

  @Test
  void anEventThatOvertakesTheAnswerIsTheSame() {
    gateway.answer(() -> {
      refunds.tell(purchase, TestRefunds.failed("re_1", PAID));
      return new Accepted("re_1", false);
    });

    assertThat(ask()).isEqualTo(Outcome.FAILED);

    assertThat(refunds.itemOf(purchase, "re_1")).startsWith("open 10000 USD");
  }

  @Test
  void aTotalThatOvertakesTheAnswerIsNotBookedBeforeTheMoneyArrives() {
    gateway.answer(() -> {
      assertThat(refunds.tell(purchase, TestRefunds.total(PAID))).isFalse();
      return new Accepted("re_1", false);
    });

    assertThat(ask()).isEqualTo(Outcome.PENDING);

    refunds.bookWhatWaits(purchase);
    assertThat(refunds.purchases.status(purchase)).isEqualTo("active");
  }

  @Test
  void aTotalOfAnotherRefundCountsOnceOursIsRefused() {
    gateway.answer(() -> {
      assertThat(refunds.tell(purchase, TestRefunds.total(PAID))).isFalse();
      return new Refused("charge_already_refunded");
    });

    assertThat(ask()).isEqualTo(Outcome.REFUSED);

    refunds.bookWhatWaits(purchase);
    assertThat(refunds.purchases.status(purchase)).isEqualTo("refunded");
  }

  @Test
  void anUnknownOutcomeIsLookedUpAtOnce() {
    gateway.answer(() -> {
      gateway.made(1, "re_1", State.ARRIVED);
      return TIMEOUT;
    });

    assertThat(ask()).isEqualTo(Outcome.ARRIVED);

    assertThat(gateway.asked).containsExactly("look", "refund 1", "look");
  }

  @Test
  void anUnknownOutcomeIsLookedUpBeforeItIsAskedForAgainWithTheSameKey() {
    gateway.answer(TIMEOUT);
    gateway.answer(new Accepted("re_1", true));
    assertThatThrownBy(this::ask).hasMessageContaining("not known");

    assertThat(ask()).isEqualTo(Outcome.ARRIVED);

    assertThat(gateway.asked).containsExactly("look", "refund 1", "look", "look", "refund 1");
  }

  @Test
  void aStoredFailureIsANewAttemptOnceNothingWasFound() {
    gateway.answer(STORED);
    gateway.answer(new Accepted("re_1", true));

    assertThat(ask()).isEqualTo(Outcome.ARRIVED);

    assertThat(gateway.asked).containsExactly("look", "refund 1", "look", "look", "refund 2");
    assertThat(attempts()).containsExactly("1 refused ApiException (500)", "2 accepted");
  }

  @Test
  void aStoredFailureThatDidItIsFound() {
    gateway.answer(() -> {
      gateway.made(1, "re_1", State.ARRIVED);
      return STORED;
    });

    assertThat(ask()).isEqualTo(Outcome.ARRIVED);

    assertThat(attempts()).containsExactly("1 accepted");
  }

  @Test
  void aProviderThatRepeatsFailuresOfNewAttemptsCannotBeAskedNow() {
    gateway.answer(STORED);
    gateway.answer(STORED);

    assertThatThrownBy(this::ask).isInstanceOf(NotReachedException.class);

    assertThat(attempts()).hasSize(2);
  }

  @Test
  void whatTheProviderHasNotHeardIsTheSameAttempt() {
    gateway.answer(() -> {
      throw new NotReachedException("Stripe was not reached");
    });
    gateway.answer(new Accepted("re_1", true));
    assertThatThrownBy(this::ask).isInstanceOf(NotReachedException.class);
    assertThat(attempts()).containsExactly("1 released");

    assertThat(ask()).isEqualTo(Outcome.ARRIVED);

    assertThat(attempts()).containsExactly("1 accepted");
  }

  @Test
  void aRefusalSaysWhyAndIsFollowedByAnotherAttempt() {
    gateway.answer(new Refused("charge_already_refunded"));
    gateway.answer(new Accepted("re_1", true));

    var refused = payments.ask(request);

    assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(refused.why()).isEqualTo("charge_already_refunded");
    assertThat(ask()).isEqualTo(Outcome.ARRIVED);
    assertThat(gateway.asked).containsExactly("look", "refund 1", "look", "refund 2");
  }

  @Test
  void aRefundThatFailedAtOnceIsARefusalWhoseRepeatIsNotBelieved() {
    gateway.answer(TIMEOUT);
    assertThatThrownBy(this::ask).hasMessageContaining("not known");
    // The provider would repeat under the same key that the refund is pending.
    gateway.made(1, "re_1", State.FAILED);
    gateway.answer(new Accepted("re_2", true));

    var refused = payments.ask(request);

    assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(refused.why()).isEqualTo("the refund failed: declined");
    assertThat(ask()).isEqualTo(Outcome.ARRIVED);
    assertThat(gateway.asked).endsWith("look", "refund 2");
  }

  @Test
  void aProviderWithoutAGatewayIsARefusal() {
    var none = new RefundPaymentsImpl(refunds.requests, Map.of());

    var answer = none.ask(request);

    assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(answer.why()).contains("no gateway");
    assertThat(none.cancel(request).outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void cancelOfWhatWasNeverAskedForAsksNobody() {
    assertThat(payments.cancel(request).outcome()).isEqualTo(Outcome.CANCELLED);

    assertThat(gateway.asked).isEmpty();
    assertThat(ask()).isEqualTo(Outcome.CANCELLED);
    assertThat(refunds.want(purchase, null)).isNotNull();
  }

  @Test
  void cancelOfAnUnknownOutcomeFindsTheMoneyThatWentBackAndRecordsIt() {
    gateway.answer(TIMEOUT);
    assertThatThrownBy(this::ask).hasMessageContaining("not known");
    gateway.made(1, "re_1", State.ARRIVED);

    assertThat(payments.cancel(request).outcome()).isEqualTo(Outcome.ARRIVED);

    refunds.book(request, purchase);
    assertThat(refunds.purchases.status(purchase)).isEqualTo("refunded");
  }

  @Test
  void cancelOfAnUnknownOutcomeWaitsUntilTheProviderCannotBeWorkingOnItAnyMore() {
    gateway.answer(TIMEOUT);
    assertThatThrownBy(this::ask).hasMessageContaining("not known");
    assertThatThrownBy(() -> payments.cancel(request)).hasMessageContaining("may still be");
    refunds
        .database
        .admin()
        .execute("update refund_attempt set asked_at = now() - interval '2 minutes'");

    assertThat(payments.cancel(request).outcome()).isEqualTo(Outcome.CANCELLED);

    assertThat(gateway.asked).containsExactly("look", "refund 1", "look", "look", "look");
    assertThat(payments.cancel(request).outcome()).as("again").isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void moneyThatGoesBackAfterTheCancellationIsBooked() {
    gateway.answer(() -> {
      payments.cancel(request);
      return new Accepted("re_1", true);
    });
    refunds
        .database
        .admin()
        .execute(
            """
            create function past() returns trigger language plpgsql as $$ begin new.asked_at := now() - interval '2 minutes'; return new; end $$;
            create trigger past before insert on refund_attempt for each row execute function past()
            """);

    assertThat(ask()).isEqualTo(Outcome.CANCELLED);

    refunds.bookWhatWaits(purchase);
    assertThat(refunds.purchases.status(purchase)).isEqualTo("refunded");
  }

  @Test
  void cancelOfWhatTheProviderAcceptedComesTooLate() {
    gateway.answer(new Accepted("re_1", false));
    assertThat(ask()).isEqualTo(Outcome.PENDING);

    assertThat(payments.cancel(request).outcome()).isEqualTo(Outcome.PENDING);
  }

  private Outcome ask() {
    return payments.ask(request).outcome();
  }

  private List<String> attempts() {
    return refunds
        .database
        .dsl()
        .fetch(
            "select concat_ws(' ', attempt, status, answer) from refund_attempt order by attempt")
        .map(row -> row.get(0, String.class));
  }

  private UUID newPurchase() {
    UUID course = refunds.purchases.course();
    TestTrainer.teaching(course).upTo(1).in(refunds.database);
    return refunds.purchases.active(course);
  }

  /** A provider that gives the test's answers, in order. */
  private static final class FakeGateway implements RefundGateway {

    final List<String> asked = new ArrayList<>();
    private final List<Supplier<Answer>> answers = new ArrayList<>();
    private List<Made> made = List.of();

    void answer(Answer answer) {
      answer(() -> answer);
    }

    void answer(Supplier<Answer> answer) {
      answers.add(answer);
    }

    /** From now on this is the only refund of the request. */
    void made(int attempt, String refundId, State state) {
      made = List.of(new Made(refundId, attempt, state, state == State.FAILED ? "declined" : ""));
    }

    @Override
    public Answer refund(Wish wish) {
      asked.add("refund " + wish.attempt());
      return answers.removeFirst().get();
    }

    @Override
    public List<Made> made(String paymentId, UUID requestId) {
      asked.add("look");
      return made;
    }
  }
}
