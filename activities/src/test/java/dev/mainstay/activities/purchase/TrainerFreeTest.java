package dev.mainstay.activities.purchase;

import static dev.mainstay.db.generated.Tables.INTAKE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.mainstay.activities.intake.WrittenBodies;
import dev.mainstay.db.generated.Routines;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestRequest;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import dev.mainstay.workflows.purchase.TrainerFreeWorkflow;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A waiting customer is notified once that there is no trainer, and once that one is free. */
class TrainerFreeTest {

  private final TestPurchases purchases = new TestPurchases();
  private final TestDatabase database = purchases.database;
  private final TrainerFreeStepsImpl steps =
      new TrainerFreeStepsImpl(database.dsl(), database.transaction());
  private final UUID course = purchases.course();
  private final UUID trainer = TestTrainer.teaching(course).upTo(1).in(database);

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    purchases.close();
  }

  @Test
  void theStudentIsToldOnceThatNoTrainerIsFree() {
    purchases.active(course);
    UUID waiting = waiting(course);
    purchases.clock.set("2026-11-20T09:15:00Z");
    purchases.allocate(List.of(waiting));

    assertThat(purchases.events(waiting)).containsOnlyOnce("trainer.unavailable");

    database.admin().execute("update trainer set capacity = 2");
    purchases.request(course, "10:00");
    assertThat(purchases.events(waiting)).containsOnlyOnce("trainer.unavailable");
  }

  @Test
  void whoFindsATrainerAtOnceIsNotTold() {
    assertThat(purchases.events(purchases.active(course))).doesNotContain("trainer.unavailable");
  }

  @Test
  void aPlaceThatFallsFreeIsAnnouncedToWhoWaits() {
    UUID held = purchases.active(course);
    UUID first = waiting(course);
    purchases.clock.set("2026-11-20T10:00:00Z");
    UUID second = waiting(course);

    purchases.cancel(List.of(held));

    TrainerFreeWorkflow.Input free = announced().getFirst();
    assertThat(announced()).hasSize(1);
    assertThat(free.trainerId()).isEqualTo(trainer);
    assertThat(steps.whoWaits(free).workflowIds()).containsExactly(run(first), run(second));
    assertThat(announced()).isEmpty();
    assertThat(steps.whoWaits(free).workflowIds()).hasSize(2);
    WrittenBodies.assertMatchRecord(database.dsl(), "trainer-free");
  }

  @Test
  void nothingIsAnnouncedWhereNobodyWaitsForTheTrainersCourses() {
    UUID held = purchases.active(course);
    UUID other = purchases.course();
    waiting(other);

    purchases.cancel(List.of(held));

    assertThat(announced()).isEmpty();
  }

  @Test
  void aTrainerWhoHasNoPlaceIsNotAnnouncedAndWakesNobody() {
    purchases.active(course);
    waiting(course);

    announce();

    assertThat(announced()).isEmpty();
    assertThat(
            steps.whoWaits(new TrainerFreeWorkflow.Input(UUID.randomUUID(), trainer)).workflowIds())
        .isEmpty();
  }

  @Test
  void whoWaitsForAnOperatorIsNotWoken() {
    UUID held = purchases.active(course);
    UUID waiting = waiting(course);
    database.admin().execute("update purchase set status = 'attention' where id = ?", waiting);
    database
        .admin()
        .execute(
            "insert into attention (process, business_key, subject_id, step, reason, error, fingerprint, retry_effect, actions)"
                + " values ('purchase', 'key', ?, 'allocate', 'no-trainer', '', '', '', '{}')",
            waiting);

    purchases.cancel(List.of(held));

    assertThat(announced()).isEmpty();
  }

  @Test
  void aHundredPlacesOfOneTrainerAtOnceAreOneRow() {
    purchases.active(course);
    waiting(course);
    database.admin().execute("update trainer set capacity = 200");

    TestPurchases.atOnce(
        12,
        () -> {
          announce();
          return true;
        });

    assertThat(announced()).hasSize(1);
  }

  @Test
  void aRowThatIsClaimedDoesNotSwallowAPlaceThatFallsFreeLater() {
    purchases.active(course);
    waiting(course);
    database.admin().execute("update trainer set capacity = 2");
    announce();
    claim();

    announce();

    assertThat(announced()).hasSize(2);
  }

  /** Else its run could look before the place is seen to be free. */
  @Test
  void aRowThatSpeaksForAPlaceIsNotClaimedBeforeThatPlaceIsFree() {
    purchases.active(course);
    waiting(course);
    database.admin().execute("update trainer set capacity = 2");
    announce();

    database
        .transaction()
        .executeWithoutResult(_ -> {
          Routines.enqueueTrainerFree(database.dsl().configuration(), new UUID[] {trainer});
          assertThat(claim()).isZero();
        });

    assertThat(announced()).hasSize(1);
    assertThat(claim()).isEqualTo(1);
  }

  @Test
  void whoeverHasWaitedLongestIsTheFirstAndNoMoreThanAskedForAreTold() {
    purchases.active(course);
    List<UUID> waiting = purchases.requests(60, course);
    purchases.create(waiting.subList(0, 30));
    purchases.create(waiting.subList(30, 60));
    purchases.allocate(waiting.subList(30, 60));
    purchases.clock.set("2026-11-20T10:00:00Z");
    purchases.allocate(waiting.subList(0, 30));
    database.admin().execute("update trainer set capacity = 2");

    announce();

    List<String> told = steps.whoWaits(announced().getFirst()).workflowIds();
    assertThat(told).hasSize(TrainerFreeWorkflow.MOST);
    assertThat(told.subList(0, 30))
        .containsExactlyElementsOf(waiting.subList(30, 60).stream().map(this::run).toList());
  }

  @Test
  void ofTwoWhoAreWokenAtOnceOneGetsThePlace() {
    UUID held = purchases.active(course);
    List<UUID> waiting = List.of(waiting(course), waiting(course));
    purchases.cancel(List.of(held));

    var refused =
        TestPurchases.atOnce(
            waiting.stream()
                .<Callable<Integer>>map(id -> () -> purchases.allocate(List.of(id)).size())
                .toList());

    purchases.carry(waiting);
    assertThat(refused).containsExactlyInAnyOrder(0, 1);
    assertThat(TestTrainer.load(database, trainer)).isEqualTo(1);
  }

  private UUID waiting(UUID wanted) {
    UUID id = purchases.request(wanted, "10:00");
    assertThat(purchases.carry(List.of(id))).containsExactly(entry(id, Reason.NO_TRAINER));
    return id;
  }

  private String run(UUID purchase) {
    return "purchase/stripe/" + TestRequest.paymentId(purchase);
  }

  private void announce() {
    database
        .transaction()
        .executeWithoutResult(_ -> {
          database
              .dsl()
              .execute("select from trainer where vendor_id = ? for no key update", trainer);
          Routines.enqueueTrainerFree(database.dsl().configuration(), new UUID[] {trainer});
        });
  }

  /** Another connection claims what waits; how many rows it got. */
  private int claim() {
    return database
        .admin()
        .fetch(
            "select * from claim_intake(new_id(), interval '30 seconds', '{trainer-free}', '{1}')")
        .size();
  }

  private List<TrainerFreeWorkflow.Input> announced() {
    return database
        .dsl()
        .select(
            INTAKE.BUSINESS_ID,
            DSL.jsonbGetAttributeAsText(INTAKE.BODY, "trainerId").cast(UUID.class))
        .from(INTAKE)
        .where(INTAKE.KIND.eq("trainer-free"), INTAKE.DONE_AT.isNull())
        .orderBy(INTAKE.ID)
        .fetch(row -> new TrainerFreeWorkflow.Input(row.value1(), row.value2()));
  }
}
