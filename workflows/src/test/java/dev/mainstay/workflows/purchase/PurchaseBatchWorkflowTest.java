package dev.mainstay.workflows.purchase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mainstay.workflows.purchase.FakeSteps.Answer;
import dev.mainstay.workflows.purchase.PurchaseBatchWorkflow.Result;
import io.temporal.client.WorkflowStub;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PurchaseBatchWorkflowTest {

  @AutoClose private final PurchaseTestEnvironment environment = new PurchaseTestEnvironment();
  private final FakeSteps steps = environment.steps;

  @Test
  void theHappyPathIsOneWorkflowTaskOfLocalSteps() {
    assertThat(environment.runBatch(50)).isEqualTo(new Result(50, 0));
    assertThat(steps.asked).containsExactly("create local", "allocate local", "schedule local");
    assertThat(environment.history("purchase-batch/1"))
        .containsExactly(
            "WORKFLOW_EXECUTION_STARTED",
            "WORKFLOW_TASK_SCHEDULED",
            "WORKFLOW_TASK_STARTED",
            "WORKFLOW_TASK_COMPLETED",
            "MARKER_RECORDED",
            "MARKER_RECORDED",
            "MARKER_RECORDED",
            "WORKFLOW_EXECUTION_COMPLETED");
  }

  @Test
  void cachesAreInvalidatedOnlyWhereThereAreAny() {
    steps.withCaches();
    environment.runBatch(1);
    assertThat(steps.asked).last().isEqualTo("invalidateCaches local");
  }

  @Test
  void cachesThatCannotBeInvalidatedBlockNothing() {
    steps.withCaches().answer("invalidateCaches", 3, new Answer.Fails("no Redis"));
    assertThat(environment.runBatch(1)).isEqualTo(new Result(1, 0));
    assertThat(steps.asked("invalidateCaches")).isEqualTo(3);
  }

  @Test
  void aRefusedPurchaseLeavesTheBatch() {
    steps.answer("allocate", new Answer.Refuses(PurchaseSteps.Reason.NO_TRAINER));
    assertThat(environment.runBatch(2)).isEqualTo(new Result(0, 2));
    assertThat(steps.asked).containsExactly("create local", "allocate local");
  }

  @Test
  void aPurchaseThatEndedMeanwhileGoesNowhere() {
    steps.answer("allocate", new Answer.Refuses(PurchaseSteps.Reason.ENDED));
    assertThat(environment.runBatch(1)).isEqualTo(new Result(0, 0));
  }

  @Test
  void aFailedLocalTryIsFollowedByOrdinaryOnes() {
    steps.answer("create", 2, new Answer.Fails("deadlock"));
    assertThat(environment.runBatch(1)).isEqualTo(new Result(1, 0));
    assertThat(steps.asked)
        .startsWith("create local", "create ordinary", "create ordinary", "allocate local");
  }

  @Test
  void aStepThatGivesUpLetsEachPurchaseGoOnAlone() {
    steps.answer("schedule", 3, new Answer.Fails("poison"));
    assertThat(environment.runBatch(50)).isEqualTo(new Result(0, 50));
    assertThat(steps.asked("schedule")).isEqualTo(3);
    assertThat(steps.asked).last().isEqualTo("splitOff ordinary");
  }

  @Test
  void purchasesThatCannotEvenBeSplitOffAreHandedBack() {
    steps
        .answer("schedule", 3, new Answer.Fails("poison"))
        .answer("splitOff", 5, new Answer.Fails("poison too"));
    assertThat(environment.runBatch(2)).isEqualTo(new Result(0, 2));
    assertThat(steps.asked("splitOff")).isEqualTo(5);
    assertThat(steps.asked).last().isEqualTo("requeue ordinary");
  }

  @Test
  void temporalsCancelLetsEachPurchaseGoOnAlone() {
    steps.answer("allocate", new Answer.Away()).answer("awaitDatabase", 1_000, new Answer.Away());
    WorkflowStub batch = environment.startBatch(50);
    await().until(() -> steps.asked("awaitDatabase") > 0);

    batch.cancel();

    assertThatThrownBy(() -> batch.getResult(Result.class)).hasMessageContaining("was cancelled");
    assertThat(steps.asked).last().isEqualTo("splitOff ordinary");
    assertThat(steps.asked("schedule")).isZero();
  }

  @Test
  void theDatabaseBeingAwayIsNoTry() {
    steps
        .answer("create", new Answer.Away(), new Answer.Fails("1"), new Answer.Away())
        .answer("create", new Answer.Fails("2"))
        .answer("awaitDatabase", 20, new Answer.Away());
    assertThat(environment.runBatch(1)).isEqualTo(new Result(1, 0));
    // 2 outages, 2 failures, and the third and last try succeeds
    assertThat(steps.asked("create")).isEqualTo(5);
    assertThat(steps.asked("awaitDatabase")).isEqualTo(22);
    assertThat(steps.asked("splitOff")).isZero();
  }
}
