package dev.mainstay.activities.refund;

import static dev.mainstay.activities.refund.TestRefunds.PAID;
import static dev.mainstay.activities.refund.TestRefunds.disputeLost;
import static dev.mainstay.activities.refund.TestRefunds.pending;
import static dev.mainstay.activities.refund.TestRefunds.refund;
import static dev.mainstay.activities.refund.TestRefunds.total;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.purchase.TestPurchases;
import dev.mainstay.activities.refund.TestRefunds.Fact;
import dev.mainstay.db.testing.TestTrainer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Payment, refunds and disputes in every order, the purchase's steps before, between and after
 * them: one end state.
 */
class RefundOrderTest {

  private static final String REFUNDED = TestRefunds.afterRefunds(PAID);
  private static final String ACTIVE = TestRefunds.afterRefunds(PAID / 2);

  private final TestRefunds refunds = new TestRefunds();
  private final TestPurchases purchases = refunds.purchases;

  @AfterEach
  void nothingIsLost() {
    assertThat(refunds.database.violations()).isEmpty();
    refunds.close();
  }

  @Test
  void aFullRefundItsRepeatAPartialOneAndRunsInBetween() {
    Consumer<UUID> full = told(total(PAID));
    inEveryOrder(List.of(full, full, told(refund("re_1", 4_000)), this::bookWhatWaits), REFUNDED);
  }

  @Test
  void twoPartialRefundsAndTheirTotal() {
    inEveryOrder(
        List.of(told(refund("re_1", 3_000)), told(refund("re_2", 2_000)), told(total(5_000))),
        ACTIVE);
  }

  @Test
  void aRefundThatIsPendingAndArrivesAndTheTotalThatIncludesIt() {
    inEveryOrder(
        List.of(told(pending("re_1", 5_000)), told(refund("re_1", 5_000)), told(total(5_000))),
        ACTIVE);
  }

  @Test
  void aPartialRefundAndALostDisputeOfTheRest() {
    Consumer<UUID> lost = told(disputeLost("dp_1", 6_000));
    inEveryOrder(List.of(lost, lost, told(refund("re_1", 4_000))), REFUNDED);
  }

  @Test
  void moreThanWasPaidIsAllThatWasPaid() {
    inEveryOrder(
        List.of(told(total(4_000)), told(disputeLost("dp_1", PAID)), told(total(PAID))), REFUNDED);
  }

  @Test
  void allAtOnceEndAsOneAfterTheOther() {
    for (int round = 0; round < 15; round++) {
      UUID purchase = newPurchase();
      List<Callable<Boolean>> things = new ArrayList<>();
      things.add(() -> {
        steps().forEach(step -> step.accept(purchase));
        return true;
      });
      for (Fact fact : List.of(total(4_000), total(PAID), refund("re_1", 4_000), total(PAID))) {
        things.add(() -> {
          boolean going = refunds.tell(purchase, fact);
          bookWhatWaits(purchase);
          return going;
        });
      }

      TestPurchases.atOnce(things);

      bookWhatWaits(purchase);
      assertThat(refunds.facts(purchase)).as("round %d", round).isEqualTo(REFUNDED);
    }
  }

  /** Each distinct order, in which the steps themselves keep theirs. */
  private void inEveryOrder(List<Consumer<UUID>> things, String expected) {
    List<Consumer<UUID>> all = new ArrayList<>(steps());
    int steps = all.size();
    all.addAll(things);
    List<List<Integer>> orders = new ArrayList<>();
    permute(
        new ArrayList<>(),
        all.size(),
        i -> i > 0 && (i < steps || all.get(i).equals(all.get(i - 1))),
        orders);
    for (List<Integer> order : orders) {
      UUID purchase = newPurchase();
      order.forEach(i -> all.get(i).accept(purchase));
      bookWhatWaits(purchase);
      assertThat(refunds.facts(purchase)).as("in the order %s", order).isEqualTo(expected);
    }
    assertThat(load()).isEqualTo(expected.equals(ACTIVE) ? orders.size() : 0);
  }

  private static void permute(
      List<Integer> begun, int size, IntPredicate afterThePrevious, List<List<Integer>> orders) {
    if (begun.size() == size) {
      orders.add(List.copyOf(begun));
      return;
    }
    IntStream.range(0, size)
        .filter(i -> !begun.contains(i))
        .filter(i -> !afterThePrevious.test(i) || begun.contains(i - 1))
        .forEach(i -> {
          begun.add(i);
          permute(begun, size, afterThePrevious, orders);
          begun.removeLast();
        });
  }

  private UUID newPurchase() {
    UUID course = purchases.course();
    TestTrainer.teaching(course).upTo(1).in(refunds.database);
    return purchases.request(course, "10:00");
  }

  private List<Consumer<UUID>> steps() {
    return List.of(
        purchase -> purchases.create(List.of(purchase)),
        purchase -> purchases.allocate(List.of(purchase)),
        purchase -> purchases.schedule(List.of(purchase)));
  }

  private Consumer<UUID> told(Fact fact) {
    return purchase -> refunds.tell(purchase, fact);
  }

  private void bookWhatWaits(UUID purchase) {
    refunds.bookWhatWaits(purchase);
  }

  private int load() {
    return refunds
        .database
        .dsl()
        .fetchSingle("select coalesce(sum(load), 0)::int from trainer")
        .into(Integer.class);
  }
}
