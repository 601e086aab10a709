package dev.mainstay.activities.refund;

import static dev.mainstay.activities.refund.TestRefunds.PAID;
import static dev.mainstay.activities.refund.TestRefunds.disputeLost;
import static dev.mainstay.activities.refund.TestRefunds.refund;
import static dev.mainstay.activities.refund.TestRefunds.total;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.purchase.TestPurchases;
import dev.mainstay.activities.refund.TestRefunds.Fact;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Refunds in a flood: money goes back while claims carry its purchases, several in each, some
 * claims twice. The end state of every purchase follows from its facts alone.
 */
@Tag("faults")
class RefundFloodTest {

  private static final TestRefunds refunds = new TestRefunds();
  private static final TestPurchases purchases = refunds.purchases;

  /** A payment: the provider's facts about it, in any order, and the claim that carries it. */
  record Payment(List<Fact> told, int claim) {

    /** The provider's total, or its refunds one by one, whichever says more; and lost disputes. */
    long refundedMinor() {
      long total = told("total").mapToLong(Fact::amountMinor).max().orElse(0);
      long oneByOne = told("refund").mapToLong(Fact::amountMinor).sum();
      long disputed = told("dispute").mapToLong(Fact::amountMinor).sum();
      return Math.min(PAID, Math.max(total, oneByOne) + disputed);
    }

    private Stream<Fact> told(String kind) {
      return told.stream().distinct().filter(fact -> fact.kind().equals(kind));
    }
  }

  @Provide
  Arbitrary<Payment> payments() {
    Arbitrary<Fact> facts =
        Arbitraries.of(
            total(PAID),
            total(5_000),
            total(2_000),
            refund("re_1", 3_000),
            refund("re_2", 2_000),
            refund("re_3", 5_000),
            disputeLost("dp_1", 6_000));
    return Combinators.combine(facts.list().ofMaxSize(4), Arbitraries.integers().between(1, 2))
        .as(Payment::new);
  }

  @AfterContainer
  static void close() {
    refunds.close();
  }

  @Property(tries = 20)
  void oneThingAfterTheOtherInAnyOrder(
      @ForAll @Size(min = 3, max = 6) List<@From("payments") Payment> payments,
      @ForAll boolean carriedTwice,
      @ForAll Random random) {
    Map<UUID, Payment> flood = takeIn(payments);
    List<Deque<Runnable>> threads = threads(flood, carriedTwice);
    List<Deque<Runnable>> turns = new ArrayList<>();
    threads.forEach(thread -> turns.addAll(Collections.nCopies(thread.size(), thread)));
    Collections.shuffle(turns, random);

    turns.forEach(thread -> thread.removeFirst().run());

    assertThatFactsDecided(flood);
  }

  @Property(tries = 10)
  void allAtOnce(
      @ForAll @Size(min = 3, max = 6) List<@From("payments") Payment> payments,
      @ForAll boolean carriedTwice) {
    Map<UUID, Payment> flood = takeIn(payments);
    List<Callable<Boolean>> threads = new ArrayList<>();
    for (Deque<Runnable> thread : threads(flood, carriedTwice)) {
      threads.add(() -> {
        thread.forEach(Runnable::run);
        return true;
      });
    }

    TestPurchases.atOnce(threads);

    assertThatFactsDecided(flood);
  }

  /** Each payment with the id of its purchase; there is a trainer for every one. */
  private static Map<UUID, Payment> takeIn(List<Payment> payments) {
    UUID course = purchases.course();
    var flood = new LinkedHashMap<UUID, Payment>();
    for (Payment payment : payments) {
      TestTrainer.teaching(course).upTo(1).in(refunds.database);
      flood.put(purchases.request(course, "10:00"), payment);
    }
    return flood;
  }

  /**
   * The sequences that keep their order: the steps of a claim, a fact and the run that it starts.
   */
  private static List<Deque<Runnable>> threads(Map<UUID, Payment> flood, boolean carriedTwice) {
    List<Deque<Runnable>> threads = new ArrayList<>();
    Map<Integer, List<UUID>> claims =
        flood.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.getValue().claim(),
                    Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
    for (List<UUID> claim : claims.values()) {
      threads.add(steps(claim));
      if (carriedTwice) {
        threads.add(steps(claim));
      }
    }
    flood.forEach((purchase, payment) -> {
      for (Fact fact : payment.told()) {
        threads.add(
            new ArrayDeque<>(
                List.of(
                    () -> refunds.tell(purchase, fact), () -> refunds.bookWhatWaits(purchase))));
      }
    });
    return threads;
  }

  /** The steps over a claim's purchases, each over those that the one before left. */
  private static Deque<Runnable> steps(List<UUID> claim) {
    List<UUID> going = new ArrayList<>(claim);
    return new ArrayDeque<>(
        List.of(
            () -> letGo(going, purchases.create(going)),
            () -> letGo(going, purchases.allocate(going)),
            () -> letGo(going, purchases.schedule(going))));
  }

  private static void letGo(List<UUID> going, Map<UUID, Reason> refused) {
    assertThat(refused.values()).allMatch(reason -> reason == Reason.ENDED);
    going.removeAll(refused.keySet());
  }

  private static void assertThatFactsDecided(Map<UUID, Payment> flood) {
    flood.keySet().forEach(refunds::bookWhatWaits);
    flood.forEach((purchase, payment) ->
        assertThat(refunds.facts(purchase))
            .as("after %s", payment.told())
            .isEqualTo(TestRefunds.afterRefunds(payment.refundedMinor())));
    assertThat(refunds.database.violations()).isEmpty();
  }
}
