package dev.mainstay.activities.purchase;

import static dev.mainstay.activities.purchase.TestPurchases.FIRST_SEVEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.workflows.purchase.PurchaseSteps.Carrier;
import dev.mainstay.workflows.purchase.PurchaseSteps.Purchases;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import dev.mainstay.workflows.purchase.PurchaseSteps.Refusal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AssignTrainerTest {

  private final TestPurchases purchases = new TestPurchases();
  private final TestDatabase database = purchases.database;
  private final UUID course = purchases.course();

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    purchases.close();
  }

  @Test
  void theTrainerWhomAnOperatorChoseTeachesThePurchase() {
    UUID waiting = waiting();
    UUID trainer = TestTrainer.teaching(course).upTo(1).in(database);

    assertThat(assign(waiting, trainer)).isEmpty();

    assertThat(purchases.trainer(waiting)).isEqualTo(trainer);
    assertThat(TestTrainer.load(database, trainer)).isEqualTo(1);
    assertThat(purchases.events(waiting)).endsWith("trainer.allocated");
    assertThat(purchases.carry(List.of(waiting))).isEmpty();
    assertThat(purchases.status(waiting)).isEqualTo("active");
    assertThat(purchases.days(waiting)).isEqualTo(FIRST_SEVEN);
  }

  @Test
  void theSameTrainerTwiceChangesNothing() {
    UUID waiting = waiting();
    UUID trainer = TestTrainer.teaching(course).in(database);
    assertThat(assign(waiting, trainer)).isEmpty();
    Map<String, List<String>> after = database.contents();

    assertThat(assign(waiting, trainer)).isEmpty();

    assertThat(database.contents()).isEqualTo(after);
    assertThat(purchases.carry(List.of(waiting))).isEmpty();
  }

  @Test
  void aTrainerWhoIsTakenAtThePreferredTimeTeachesOnTheOtherDays() {
    UUID trainer = TestTrainer.teaching(course).in(database);
    purchases.active(course);
    UUID waiting = waiting();

    assertThat(assign(waiting, trainer)).isEmpty();

    assertThat(purchases.carry(List.of(waiting))).isEmpty();
    assertThat(purchases.days(waiting)).hasSize(7).doesNotContainAnyElementsOf(FIRST_SEVEN);
  }

  @Test
  void whoCannotTakeItIsRefusedAndNothingChanges() {
    UUID waiting = waiting();
    UUID full = TestTrainer.teaching(course).upTo(0).in(database);
    UUID ofAnother = TestTrainer.teaching(purchases.course()).in(database);
    Map<String, List<String>> before = database.contents();

    assertThat(assign(waiting, full)).containsExactly(Reason.NO_CAPACITY);
    assertThat(assign(waiting, ofAnother)).containsExactly(Reason.NOT_QUALIFIED);
    assertThat(assign(waiting, UUID.randomUUID())).containsExactly(Reason.UNKNOWN_VENDOR);

    assertThat(database.contents()).isEqualTo(before);
  }

  @Test
  void aPurchaseThatHasAnotherTrainerKeepsIt() {
    UUID first = TestTrainer.teaching(course).in(database);
    UUID active = purchases.active(course);
    UUID other = TestTrainer.teaching(course).in(database);

    assertThat(assign(active, other)).containsExactly(Reason.HAS_TRAINER);

    assertThat(purchases.trainer(active)).isEqualTo(first);
  }

  @Test
  void aPurchaseThatWasCancelledMeanwhileTakesNobodysPlace() {
    UUID waiting = waiting();
    UUID trainer = TestTrainer.teaching(course).in(database);
    purchases.cancel(List.of(waiting));

    assertThat(assign(waiting, trainer)).containsExactly(Reason.ENDED);

    assertThat(TestTrainer.load(database, trainer)).isZero();
  }

  @Test
  void theLastPlaceIsGivenOnce() {
    UUID trainer = TestTrainer.teaching(course).upTo(1).in(database);
    database.admin().execute("update trainer set capacity = 0");
    List<UUID> waiting = purchases.requests(8, course);
    purchases.carry(waiting);
    database.admin().execute("update trainer set capacity = 1");

    List<Integer> refused =
        waiting.parallelStream().map(purchase -> assign(purchase, trainer).size()).toList();

    assertThat(refused).filteredOn(size -> size == 0).hasSize(1);
    assertThat(TestTrainer.load(database, trainer)).isEqualTo(1);
    assertThat(purchases.carry(waiting)).hasSize(7);
  }

  @Test
  void whatCannotEvenBeSplitOffIsPutBeforeAnOperatorAndCarriedAnewAfterTheRetry() {
    UUID waiting = waiting();
    database
        .admin()
        .execute("update intake set claim_id = new_id(), claims = 1, leased_until = now()");

    purchases.steps.requeue(new Purchases(List.of(waiting), Carrier.BATCH));

    assertThat(database.dsl().fetchValue("select exhaust_intake('{purchase}')")).isEqualTo(1);
    assertThat(database.dsl().fetchValue("select reason from attention where status = 'open'"))
        .isEqualTo("not-started");
  }

  private UUID waiting() {
    UUID id = purchases.request(course, "10:00");
    assertThat(purchases.carry(List.of(id))).containsEntry(id, Reason.NO_TRAINER);
    return id;
  }

  private List<Reason> assign(UUID purchase, UUID trainer) {
    return purchases
        .steps
        .assignTrainer(new Purchases(List.of(purchase), Carrier.ALONE), trainer)
        .refused()
        .stream()
        .map(Refusal::reason)
        .toList();
  }
}
