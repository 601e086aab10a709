package dev.mainstay.activities.refund;

import static dev.mainstay.activities.refund.TestRefunds.PAID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.activities.refund.RefundGateway.Answer.Accepted;
import dev.mainstay.activities.refund.RefundGateway.Answer.Refused;
import dev.mainstay.activities.refund.RefundGateway.Answer.Unknown;
import dev.mainstay.activities.refund.RefundGateway.Wish;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.workflows.refund.RefundPayments.Outcome;
import dev.mainstay.workflows.refund.RefundPayments.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefundPaymentsTest {

  private final TestRefunds refunds = new TestRefunds();
  private final FakeGateway gateway = new FakeGateway();
  private final RefundPaymentsImpl payments =
      new RefundPaymentsImpl(
          refunds.database.transaction(), refunds.requests, Map.of("stripe", gateway));
  private final UUID purchase = newPurchase();
  private final UUID request = Objects.requireNonNull(refunds.want(purchase, null));

  @AfterEach
  void nothingIsLost() {
    assertThat(refunds.database.violations()).isEmpty();
    refunds.close();
  }

  @Test
  void whatIsAcceptedIsAFactAndBooked() {
    gateway.answers.add(new Accepted("re_1", true));

    assertThat(payments.ask(new Request(request, 1)).outcome()).isEqualTo(Outcome.ACCEPTED);
    refunds.book(request, purchase);

    assertThat(gateway.asked).containsExactly("refund 1");
    assertThat(refunds.purchases.status(purchase)).isEqualTo("refunded");
    assertThat(refunds.tell(purchase, TestRefunds.refund("re_1", PAID))).isFalse();
    assertThat(refunds.tell(purchase, TestRefunds.total(PAID))).isFalse();
  }

  @Test
  void whatHasNotArrivedIsNoFactYet() {
    gateway.answers.add(new Accepted("re_1", false));

    assertThat(payments.ask(new Request(request, 1)).outcome()).isEqualTo(Outcome.ACCEPTED);
    refunds.book(request, purchase);

    assertThat(refunds.purchases.status(purchase)).isEqualTo("active");
    assertThat(refunds.want(purchase, null)).as("nothing is left to ask for").isNull();
    assertThat(refunds.tell(purchase, TestRefunds.refund("re_1", PAID))).isTrue();
    refunds.bookWhatWaits(purchase);
    assertThat(refunds.purchases.status(purchase)).isEqualTo("refunded");
  }

  @Test
  void anUnknownOutcomeIsLookedUpAtOnce() {
    gateway.answers.add(new Unknown("timeout"));
    gateway.made = new Accepted("re_1", true);

    assertThat(payments.ask(new Request(request, 1)).outcome()).isEqualTo(Outcome.ACCEPTED);

    assertThat(gateway.asked).containsExactly("refund 1", "find");
  }

  @Test
  void anUnknownOutcomeIsLookedUpBeforeItIsAskedForAgain() {
    gateway.answers.add(new Unknown("timeout"));
    assertThatThrownBy(() -> payments.ask(new Request(request, 1)))
        .hasMessageContaining("not known");
    gateway.made = new Accepted("re_1", true);

    assertThat(payments.ask(new Request(request, 1)).outcome()).isEqualTo(Outcome.ACCEPTED);

    assertThat(gateway.asked).containsExactly("refund 1", "find", "find");
  }

  @Test
  void aRefusalSaysWhyAndLeavesTheRequest() {
    gateway.answers.add(new Refused("charge_already_refunded"));
    gateway.answers.add(new Accepted("re_1", true));

    var refused = payments.ask(new Request(request, 1));

    assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(refused.why()).isEqualTo("charge_already_refunded");
    assertThat(payments.ask(new Request(request, 2)).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(gateway.asked).containsExactly("refund 1", "find", "refund 2");
  }

  @Test
  void aProviderWithoutAGatewayIsARefusal() {
    var none = new RefundPaymentsImpl(refunds.database.transaction(), refunds.requests, Map.of());

    var answer = none.ask(new Request(request, 1));

    assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(answer.why()).contains("no gateway");
  }

  private UUID newPurchase() {
    UUID course = refunds.purchases.course();
    TestTrainer.teaching(course).upTo(1).in(refunds.database);
    return refunds.purchases.active(course);
  }

  /** A provider that gives the test's answers, in order. */
  private static final class FakeGateway implements RefundGateway {

    final List<String> asked = new ArrayList<>();
    final List<Answer> answers = new ArrayList<>();
    @Nullable Accepted made;

    @Override
    public Answer refund(Wish wish) {
      asked.add("refund " + wish.attempt());
      return answers.removeFirst();
    }

    @Override
    public Optional<Accepted> find(String paymentId, UUID requestId) {
      asked.add("find");
      return Optional.ofNullable(made);
    }
  }
}
