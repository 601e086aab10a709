package dev.mainstay.activities.purchase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.activities.purchase.AllocationGateway.Answer.Accepted;
import dev.mainstay.activities.purchase.AllocationGateway.Answer.NoTrainer;
import dev.mainstay.activities.purchase.AllocationGateway.Answer.Refused;
import dev.mainstay.activities.purchase.AllocationGateway.Answer.Unknown;
import dev.mainstay.activities.purchase.AllocationGateway.Wish;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestRequest;
import dev.mainstay.db.testing.TestStudent;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.workflows.purchase.AdminServiceSteps.Answer;
import dev.mainstay.workflows.purchase.AdminServiceSteps.Request;
import dev.mainstay.workflows.purchase.PurchaseSteps.Allocator;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import dev.mainstay.workflows.purchase.PurchaseSteps.Refusal;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminServiceStepsTest {

  private final TestPurchases purchases = new TestPurchases();
  private final TestDatabase database = purchases.database;
  private final FakeAllocationGateway service = new FakeAllocationGateway();
  private final AdminServiceStepsImpl steps =
      new AdminServiceStepsImpl(database.dsl(), database.transaction(), service, purchases.clock);
  private final UUID course = purchases.course();
  private final UUID trainer = TestTrainer.teaching(course).upTo(1).in(database);

  @BeforeEach
  void now() {
    // The checker looks at the machine's clock: what is approved has a day to become active.
    purchases.clock.set("2100-01-01T09:00:00Z");
  }

  @AfterEach
  void nothingIsLost() {
    assertThat(database.violations()).isEmpty();
    purchases.close();
  }

  @Test
  void theBatchSplitsOffAllThatItCreated() {
    UUID unknown = TestRequest.of(database.newId(), course).in(database);
    List<UUID> ids = List.of(unknown, purchases.request(course, "10:00"));

    var created = purchases.steps(Allocator.ADMIN_SERVICE).create(TestPurchases.batch(ids));

    assertThat(created.allocator()).isEqualTo(Allocator.ADMIN_SERVICE);
    assertThat(created.refused()).extracting(Refusal::purchaseId).containsExactly(unknown);
    assertThat(purchases.splitOff()).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void whatTheServiceGaveIsHeldAndScheduled() {
    UUID student = TestStudent.living("Europe/Berlin").in(database);
    UUID id = TestRequest.of(student, course).preferring("07:05").in(database);
    purchases.create(List.of(id));
    service.answer(new Accepted("a-1", trainer, false));

    assertThat(steps.allocate(new Request(id, 0))).isEqualTo(new Answer(List.of(), false));

    assertThat(service.wishes)
        .containsExactly(
            new Wish(id.toString(), student, course, LocalTime.of(7, 5), "Europe/Berlin"));
    assertThat(allocation(id)).isEqualTo("approved a-1");
    assertThat(TestTrainer.load(database, trainer)).isEqualTo(1);
    assertThat(purchases.events(id)).containsExactly("purchase.created", "trainer.allocated");
    assertThat(purchases.schedule(List.of(id))).isEmpty();
    assertThat(purchases.status(id)).isEqualTo("active");
    assertThat(purchases.days(id)).hasSize(7);
  }

  @Test
  void whatHasATrainerIsNotAskedForAgain() {
    UUID id = created();
    service.answer(new Accepted("a-1", trainer, false));
    steps.allocate(new Request(id, 0));
    Map<String, List<String>> after = database.contents();

    assertThat(steps.allocate(new Request(id, 0))).isEqualTo(new Answer(List.of(), false));

    assertThat(service.wishes).hasSize(1);
    assertThat(database.contents()).isEqualTo(after);
  }

  @Test
  void approvedIsAskedForUntilItIsActive() {
    UUID id = created();
    service
        .answer(new Accepted("a-1", trainer, false))
        .answer(new Accepted("a-1", trainer, false))
        .answer(new Accepted("a-1", trainer, true));
    steps.allocate(new Request(id, 0));

    assertThat(reason(steps.confirm(new Request(id, 0)))).isEqualTo(Reason.NOT_ACTIVE);
    assertThat(allocation(id)).isEqualTo("approved a-1");
    assertThat(steps.confirm(new Request(id, 0))).isEqualTo(new Answer(List.of(), true));
    assertThat(allocation(id)).isEqualTo("active a-1");
    assertThat(steps.confirm(new Request(id, 0))).isEqualTo(new Answer(List.of(), true));
    assertThat(service.found).containsExactly("a-1", "a-1");
    assertThat(TestTrainer.load(database, trainer)).isEqualTo(1);
  }

  @Test
  void noTrainerIsTheBusinessNoAndTheNextKeyIsAnother() {
    UUID id = created();
    service.answer(new NoTrainer()).answer(new Accepted("a-2", trainer, true));

    assertThat(reason(steps.allocate(new Request(id, 0)))).isEqualTo(Reason.NO_TRAINER);
    assertThat(purchases.events(id)).endsWith("trainer.unavailable");
    assertThat(steps.allocate(new Request(id, 1)).active()).isTrue();

    assertThat(service.wishes).extracting(Wish::key).containsExactly(id.toString(), id + "-1");
    assertThat(purchases.count("purchase where waiting_for_trainer_since is not null")).isZero();
  }

  @Test
  void aTrainerWhomNobodyHasToldUsOfOrWhoIsFullChangesNothing() {
    UUID id = created();
    UUID stranger = UUID.randomUUID();
    UUID full = TestTrainer.teaching(course).upTo(0).in(database);
    Map<String, List<String>> before = database.contents();
    service.answer(new Accepted("a-1", stranger, true)).answer(new Accepted("a-1", full, true));

    Answer unknown = steps.allocate(new Request(id, 0));
    Answer noCapacity = steps.allocate(new Request(id, 0));

    assertThat(unknown.refused())
        .containsExactly(new Refusal(id, Reason.UNKNOWN_TRAINER, "trainer " + stranger));
    assertThat(reason(noCapacity)).isEqualTo(Reason.NO_CAPACITY);
    assertThat(database.contents()).isEqualTo(before);
  }

  @Test
  void aRefusalSaysWhyAndWhatIsUnknownIsAFailure() {
    UUID id = created();
    service.answer(new Refused("it answered 422")).answer(new Unknown("it answered 500"));

    assertThat(steps.allocate(new Request(id, 0)).refused())
        .containsExactly(new Refusal(id, Reason.ALLOCATION_REFUSED, "it answered 422"));
    assertThatThrownBy(() -> steps.allocate(new Request(id, 1)))
        .hasMessageContaining("it answered 500");
  }

  @Test
  void whatEndedIsNotAskedFor() {
    UUID id = created();
    purchases.cancel(List.of(id));

    assertThat(reason(steps.allocate(new Request(id, 0)))).isEqualTo(Reason.ENDED);
    assertThat(reason(steps.confirm(new Request(id, 0)))).isEqualTo(Reason.ENDED);

    assertThat(service.wishes).isEmpty();
  }

  @Test
  void whatEndsWhileTheServiceIsAskedTakesNobodysPlace() {
    UUID id = created();
    service
        .whileAsked(() -> purchases.cancel(List.of(id)))
        .answer(new Accepted("a-1", trainer, true));

    assertThat(reason(steps.allocate(new Request(id, 0)))).isEqualTo(Reason.ENDED);

    assertThat(TestTrainer.load(database, trainer)).isZero();
  }

  @Test
  void twoThatAreGivenTheSameLastPlaceAtOnceAreOneHeldAndOneForAnOperator() {
    List<UUID> ids = List.of(created(), created());
    var answers =
        TestPurchases.atOnce(
            ids.stream()
                .<Callable<Answer>>map(id ->
                    () -> {
                      var given = new FakeAllocationGateway();
                      given.answer(new Accepted("a-" + id, trainer, true));
                      return new AdminServiceStepsImpl(
                              database.dsl(), database.transaction(), given, purchases.clock)
                          .allocate(new Request(id, 0));
                    })
                .toList());

    assertThat(answers).filteredOn(answer -> answer.refused().isEmpty()).hasSize(1);
    assertThat(answers)
        .flatExtracting(Answer::refused)
        .extracting(Refusal::reason)
        .containsExactly(Reason.NO_CAPACITY);
    assertThat(TestTrainer.load(database, trainer)).isEqualTo(1);
  }

  private UUID created() {
    UUID id = purchases.request(course, "10:00");
    assertThat(purchases.create(List.of(id))).isEmpty();
    return id;
  }

  private static Reason reason(Answer answer) {
    return answer.refused().getFirst().reason();
  }

  private String allocation(UUID purchase) {
    return database
        .dsl()
        .fetchSingle(
            "select status || ' ' || admin_service_id from allocation where purchase_id = ?",
            purchase)
        .into(String.class);
  }
}
