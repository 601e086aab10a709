package dev.mainstay.workflows.purchase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.purchase.FakeSteps.Answer;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import dev.mainstay.workflows.purchase.PurchaseWorkflow.Result;
import dev.mainstay.workflows.purchase.PurchaseWorkflow.TrainerAssignment;
import dev.mainstay.workflows.step.OperatorAction;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Purchases whose trainers the admin service gives. */
class AdminServiceAllocationTest {

  private static final OperatorNote NOTE = new OperatorNote("ana", "it is mended");

  @AutoClose private final PurchaseTestEnvironment environment = new PurchaseTestEnvironment();
  private final FakeSteps steps = environment.steps;
  private final FakeAdminService service = environment.adminService;

  @BeforeEach
  void theAdminServiceAllocates() {
    steps.withAdminService();
  }

  @Test
  void everyCreatedPurchaseLeavesTheBatch() {
    assertThat(environment.runBatch(3)).isEqualTo(new PurchaseBatchWorkflow.Result(0, 3));
    assertThat(steps.asked).containsExactly("create local");
    assertThat(service.asked).isEmpty();
  }

  @Test
  void theServiceIsAskedInsteadOfOurOwnStep() {
    assertThat(environment.result(environment.startAlone())).isEqualTo(Result.ACTIVE);
    assertThat(steps.asked).containsExactly("create local", "schedule local");
    assertThat(service.asked).containsExactly(0);
    assertThat(service.confirmed).isEmpty();
  }

  @Test
  void aServiceThatFailsIsAskedFiveTimesUnderOneKeyAndThenAnOperator() {
    service.fails(5);
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));

    assertThat(service.asked).containsExactly(0, 0, 0, 0, 0);
    assertThat(steps.opened.element().reason()).isEqualTo("step-failed");
    assertThat(steps.opened.element().step()).isEqualTo("allocate");
    assertThat(steps.opened.element().error()).isEqualTo("answered 500");
    assertThat(steps.opened.element().retryEffect()).contains("the same idempotency key");
    assertThat(steps.opened.element().actions())
        .containsExactly(
            OperatorAction.RETRY, OperatorAction.ASSIGN_TRAINER, OperatorAction.CANCEL);

    purchase.retry(NOTE);

    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
    assertThat(service.asked).containsExactly(0, 0, 0, 0, 0, 0);
  }

  @Test
  void noTrainerIsAskedAgainUnderAnotherKeyEveryQuarterOfAnHourForADay() {
    service.refuses(1_000, Reason.NO_TRAINER);
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(23));
    assertThat(service.asked).hasSizeBetween(92, 93).doesNotHaveDuplicates().isSorted();
    assertThat(purchase.waitingFor()).contains("a trainer");
    assertThat(steps.opened).isEmpty();

    pass(Duration.ofHours(2));

    assertThat(service.asked).hasSize(97);
    assertThat(steps.opened.element().reason()).isEqualTo("no-trainer");
  }

  @Test
  void aPlaceThatFallsFreeIsAskedForAtOnce() {
    service.refuses(Reason.NO_TRAINER);
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofMinutes(1));

    purchase.trainerFree();
    pass(Duration.ofMinutes(1));

    assertThat(service.asked).containsExactly(0, 1);
    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
    environment.record("purchase-1-woken-by-a-free-trainer");
  }

  @Test
  void aDefiniteRefusalIsForAnOperatorWhoseRetryHasAnotherKey() {
    service.refuses(Reason.ALLOCATION_REFUSED);
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));
    assertThat(steps.opened.element().reason()).isEqualTo("allocation-refused");
    assertThat(steps.opened.element().error()).endsWith(": as told");

    purchase.retry(NOTE);

    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
    assertThat(service.asked).containsExactly(0, 1);
  }

  @Test
  void aTrainerWhoCannotTakeItHereIsForAnOperatorWhoseRetryHasTheSameKey() {
    service.refuses(Reason.UNKNOWN_TRAINER).refuses(Reason.NO_CAPACITY);
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));
    assertThat(steps.opened.element().reason()).isEqualTo("unknown-trainer");

    purchase.retry(NOTE);
    pass(Duration.ofHours(1));
    assertThat(steps.opened).hasSize(2);
    purchase.retry(NOTE);

    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
    assertThat(service.asked).containsExactly(0, 0, 0);
  }

  @Test
  void anOperatorMayAssignOneInstead() {
    service.fails(5);
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));

    purchase.assignTrainer(
        new TrainerAssignment(new UUID(0, 7).toString(), "ana", "the service is down"));

    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
    assertThat(steps.asked("assignTrainer")).isEqualTo(1);
  }

  @Test
  void whatIsApprovedIsScheduledAtOnceAndAskedForUntilItIsActive() {
    service.approves().isNotActive(4);
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofSeconds(5));
    assertThat(steps.asked).containsExactly("create local", "schedule local");
    assertThat(purchase.waitingFor()).contains("the admin service to make the allocation active");

    // After 0, 10, 30 and 70 s
    pass(Duration.ofSeconds(90));
    assertThat(service.confirmed).hasSize(4);
    pass(Duration.ofSeconds(90));
    assertThat(service.confirmed).hasSize(5);
    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
    assertThat(steps.opened).isEmpty();
    environment.record("purchase-1-by-the-admin-service");
  }

  @Test
  void whatIsNeverActiveIsForAnOperatorAfterADay() {
    service.approves().isNotActive(1_000);
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(23));
    assertThat(steps.opened).isEmpty();
    pass(Duration.ofHours(3));

    assertThat(steps.opened.element().step()).isEqualTo("confirm");
    assertThat(steps.opened.element().reason()).isEqualTo("not-active");
    assertThat(service.confirmed).hasSizeLessThan(40);

    purchase.signalCancel(new OperatorNote("ana", "the service forgot it"));
    assertThat(environment.result(purchase)).isEqualTo(Result.CANCELLED);
  }

  @Test
  void whatEndedMeanwhileIsNotAskedForAnyMore() {
    service.approves().endedBeforeItWasActive();
    assertThat(environment.result(environment.startAlone())).isEqualTo(Result.ENDED);
    assertThat(steps.opened).isEmpty();
  }

  @Test
  void anotherRefusalGoesOnAsWithOurOwnStep() {
    steps.answer("schedule", new Answer.Refuses(Reason.NO_SESSION));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));
    assertThat(steps.opened.element().reason()).isEqualTo("no-session");
    purchase.retry(NOTE);
    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
  }

  private void pass(Duration time) {
    environment.temporal.sleep(time);
  }
}
