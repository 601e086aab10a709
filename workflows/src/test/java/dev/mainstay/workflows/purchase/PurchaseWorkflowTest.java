package dev.mainstay.workflows.purchase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps;
import dev.mainstay.workflows.attention.AttentionSteps.Resolution;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.purchase.FakeSteps.Answer;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import dev.mainstay.workflows.purchase.PurchaseWorkflow.Result;
import dev.mainstay.workflows.purchase.PurchaseWorkflow.TrainerAssignment;
import dev.mainstay.workflows.step.OperatorAction;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PurchaseWorkflowTest {

  private static final OperatorNote NOTE = new OperatorNote("ana", "looked into it");
  private static final String VENDOR = new UUID(0, 7).toString();
  private static final String ID = PurchaseWorkflow.id("stripe", PurchaseTestEnvironment.PAYMENT);

  @AutoClose private final PurchaseTestEnvironment environment = new PurchaseTestEnvironment();
  private final FakeSteps steps = environment.steps;

  @Test
  void aDuplicatePaymentWaitsForAnOperatorAndSaysWhy() {
    steps.answer("create", new Answer.Refuses(Reason.DUPLICATE_PAYMENT));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));

    AttentionItem item = steps.opened.element();
    assertThat(item.reason()).isEqualTo("duplicate-payment");
    assertThat(item.businessKey()).isEqualTo(ID);
    assertThat(item.subjectId()).isEqualTo(PurchaseTestEnvironment.INPUT.purchaseId());
    assertThat(item.amountMinor()).isEqualTo(12_000);
    assertThat(item.actions()).containsExactly(OperatorAction.RETRY, OperatorAction.CANCEL);
    assertThat(purchase.waitingFor()).contains("an operator", "create", "duplicate-payment");
    assertThat(steps.asked("create")).isEqualTo(1);
  }

  @Test
  void anOperatorsRetryGoesOnWhereItStopped() {
    steps.answer("create", new Answer.Refuses(Reason.UNKNOWN_COURSE));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));

    purchase.signalRetry(NOTE);
    purchase.signalRetry(NOTE);

    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
    assertThat(steps.resolved)
        .containsExactly(environment.resolution("create", OperatorAction.RETRY, NOTE));
    assertThat(steps.recorded).isEmpty();
    assertThat(steps.asked)
        .containsExactly("create local", "create local", "allocate local", "schedule local");
    environment.record("purchase-1-retried");
  }

  @Test
  void aStepThatFailsHasAllItsAttemptsAndThenWaits() {
    steps.answer("allocate", 10, new Answer.Fails("no such column"));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));

    assertThat(steps.asked("allocate")).isEqualTo(5);
    assertThat(steps.opened.element().reason()).isEqualTo("step-failed");
    assertThat(steps.opened.element().error()).contains("no such column");

    purchase.signalRetry(NOTE);
    pass(Duration.ofHours(1));
    assertThat(steps.asked("allocate")).isEqualTo(10);
    assertThat(steps.opened).hasSize(2);

    purchase.signalRetry(NOTE);
    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
  }

  @Test
  void aRetryThatDoesNotApplyChangesNothing() {
    steps.answer("allocate", new Answer.Refuses(Reason.NO_TRAINER));
    PurchaseWorkflow purchase = environment.startAlone();
    purchase.signalRetry(NOTE);
    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
    assertThat(steps.asked("allocate")).isEqualTo(2);
    assertThat(steps.opened).isEmpty();
    assertThat(steps.recorded.element().refusal()).isEqualTo("no step waits for an operator");
    assertThat(steps.recorded.element().note()).isEqualTo(NOTE);
  }

  @Test
  void noTrainerIsTriedEveryQuarterOfAnHourForADay() {
    steps.answer("allocate", 1_000, new Answer.Refuses(Reason.NO_TRAINER));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(23));
    assertThat(purchase.waitingFor()).contains("a trainer");
    assertThat(steps.opened).isEmpty();
    assertThat(steps.asked("allocate")).isBetween(92L, 93L);

    pass(Duration.ofHours(2));
    assertThat(steps.opened.element().reason()).isEqualTo("no-trainer");
    assertThat(steps.asked("allocate")).isEqualTo(97);
    environment.record("purchase-1-no-trainer");
  }

  @Test
  void cancelEndsThePurchaseAndClosesItsItem() {
    steps.answer("create", new Answer.Refuses(Reason.DUPLICATE_PAYMENT));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));

    purchase.signalCancel(new OperatorNote("ana", "student asked"));

    assertThat(environment.result(purchase)).isEqualTo(Result.CANCELLED);
    assertThat(steps.asked("cancel")).isEqualTo(1);
    assertThat(steps.resolved)
        .containsExactly(
            environment.resolution(
                "create", OperatorAction.CANCEL, new OperatorNote("ana", "student asked")));
    assertThat(steps.recorded).isEmpty();
    environment.record("purchase-1-cancelled-in-attention");
  }

  @Test
  void aCancelDuringTheLastStepIsUndoneAfterIt() {
    steps.during("schedule", () -> signalCancel());

    assertThat(environment.result(environment.startAlone())).isEqualTo(Result.CANCELLED);

    assertThat(steps.asked).containsSubsequence("schedule local", "cancel local");
    assertThat(steps.recorded.element().action()).isEqualTo(OperatorAction.CANCEL);
    assertThat(steps.recorded.element().refusal()).isNull();
  }

  @Test
  void aRefundThatASignalAsksForIsNotThere() {
    steps.answer("create", new Answer.Refuses(Reason.DUPLICATE_PAYMENT));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));

    WorkflowStub.fromTyped(purchase)
        .signal("cancel", Map.of("by", "eve", "reason", "give it to me", "refund", true));

    assertThat(environment.result(purchase)).isEqualTo(Result.CANCELLED);
    assertThat(steps.asked).containsExactly("create local", "cancel local");
  }

  @Test
  void aRefundWhileATrainerIsLookedForIsFoundByTheNextLookAtOnce() {
    steps
        .answer("allocate", new Answer.Refuses(Reason.NO_TRAINER), new Answer.Refuses(Reason.ENDED))
        .during(
            "allocate",
            () ->
                environment
                    .temporal
                    .getWorkflowClient()
                    .newUntypedWorkflowStub(ID)
                    .signal("refunded"));

    assertThat(environment.result(environment.startAlone())).isEqualTo(Result.ENDED);

    assertThat(environment.passed()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void aSecondCancelIsRecordedAsNotNeeded() {
    steps
        .answer("allocate", 1_000, new Answer.Refuses(Reason.NO_TRAINER))
        .during("cancel", () -> signalCancel());
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));

    purchase.cancel(NOTE);

    assertThat(environment.result(purchase)).isEqualTo(Result.CANCELLED);
    assertThat(steps.asked("cancel")).isEqualTo(1);
    assertThat(steps.recorded)
        .extracting(AttentionSteps.SignalRecord::refusal)
        .containsExactlyInAnyOrder("it is being cancelled already", null);
  }

  @Test
  void aRefundEndsAPurchaseThatWaitsForAnOperator() {
    steps.answer(
        "create", new Answer.Refuses(Reason.UNKNOWN_COURSE), new Answer.Refuses(Reason.ENDED));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));

    purchase.refunded();

    assertThat(environment.result(purchase)).isEqualTo(Result.ENDED);
    assertThat(steps.resolved).hasSize(1);
    environment.record("purchase-1-woken-by-a-refund");
  }

  @Test
  void aRefundEndsAPurchaseThatWaitsForATrainer() {
    steps.answer(
        "allocate", new Answer.Refuses(Reason.NO_TRAINER), new Answer.Refuses(Reason.ENDED));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofMinutes(1));

    purchase.refunded();

    assertThat(environment.result(purchase)).isEqualTo(Result.ENDED);
    assertThat(steps.opened).isEmpty();
  }

  @Test
  void aWakeWithoutARefundChangesNothing() {
    steps.answer("create", 2, new Answer.Refuses(Reason.UNKNOWN_COURSE));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));

    purchase.refunded();
    pass(Duration.ofHours(1));

    assertThat(purchase.waitingFor()).contains("an operator", "unknown-course");
    assertThat(steps.resolved).isEmpty();
    purchase.signalRetry(NOTE);
    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
    assertThat(steps.resolved)
        .containsExactly(environment.resolution("create", OperatorAction.RETRY, NOTE));
  }

  @Test
  void cancelAppliesWhileItWaitsForATrainer() {
    steps.answer("allocate", 1_000, new Answer.Refuses(Reason.NO_TRAINER));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));
    purchase.signalCancel(new OperatorNote("ana", "student asked"));
    assertThat(environment.result(purchase)).isEqualTo(Result.CANCELLED);
    assertThat(steps.asked("cancel")).isEqualTo(1);
    assertThat(steps.resolved).isEmpty();
    assertThat(steps.recorded.element().action()).isEqualTo(OperatorAction.CANCEL);
    assertThat(steps.recorded.element().refusal()).isNull();
  }

  @Test
  void temporalsCancelCountsWhileTheDatabaseIsAway() {
    steps.answer("create", new Answer.Away()).answer("awaitDatabase", 1_000, new Answer.Away());
    PurchaseWorkflow purchase = environment.startAlone();
    await().until(() -> steps.asked("awaitDatabase") > 0);

    WorkflowStub.fromTyped(purchase).cancel();

    assertThatThrownBy(() -> environment.result(purchase)).hasMessageContaining("was cancelled");
    assertThat(steps.asked("cancel")).isEqualTo(1);
  }

  @Test
  void temporalsCancelIsACancelByTemporal() {
    steps.answer("create", new Answer.Refuses(Reason.UNKNOWN_STUDENT));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));

    WorkflowStub.fromTyped(purchase).cancel();

    assertThatThrownBy(() -> environment.result(purchase)).hasMessageContaining("was cancelled");
    assertThat(steps.asked("cancel")).isEqualTo(1);
    assertThat(steps.resolved.element().note().by()).isEqualTo("temporal");
    assertThat(steps.opened).hasSize(1);
    environment.record("purchase-1-cancelled-by-temporal");
  }

  @Test
  void aPurchaseThatEndedMeanwhileIsLeftAlone() {
    steps.answer("allocate", new Answer.Refuses(Reason.ENDED));
    assertThat(environment.result(environment.startAlone())).isEqualTo(Result.ENDED);
    assertThat(steps.asked("schedule")).isZero();
  }

  @Test
  void aSkipThatNoStepAllowsChangesNothingAndIsRecorded() {
    steps.answer("create", new Answer.Refuses(Reason.UNKNOWN_COURSE));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));

    purchase.signalSkip(NOTE);
    assertRejected(() -> purchase.skip(NOTE), "does not allow skip");

    pass(Duration.ofHours(1));
    assertThat(steps.resolved).isEmpty();
    // The caller records a refusal by a validator.
    assertThat(steps.recorded).hasSize(1);
    assertThat(steps.recorded.element().refusal()).isEqualTo("step create does not allow skip");
  }

  @Test
  void aSignalThatDoesNotSayWhoOrWhyIsRefused() {
    steps.answer("create", new Answer.Refuses(Reason.UNKNOWN_COURSE));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));

    WorkflowStub.fromTyped(purchase).signal("retry", Map.of("by", "ana"));
    WorkflowStub.fromTyped(purchase).signal("cancel", Map.of("reason", "no idea"));
    assertRejected(
        () -> purchase.retry(new OperatorNote("ana", " ")), "by whom and for what reason");

    pass(Duration.ofHours(1));
    assertThat(steps.resolved).isEmpty();
    assertThat(steps.recorded)
        .extracting(signal -> signal.action() + " " + signal.refusal())
        .containsExactly(
            "RETRY a signal says by whom and for what reason",
            "CANCEL a signal says by whom and for what reason");
  }

  @Test
  void anUpdateAnswersWhenItsItemIsResolved() {
    steps.answer("create", new Answer.Refuses(Reason.UNKNOWN_COURSE));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));

    purchase.retry(NOTE);

    assertThat(steps.resolved)
        .containsExactly(environment.resolution("create", OperatorAction.RETRY, NOTE));
    assertThat(environment.result(purchase)).isEqualTo(Result.ACTIVE);
    environment.record("purchase-1-retried-by-update");
  }

  @Test
  void anUpdateThatCancelsAnswersWhenThePurchaseIsCancelled() {
    steps.answer("allocate", 1_000, new Answer.Refuses(Reason.NO_TRAINER));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));

    purchase.cancel(new OperatorNote("ana", "student asked"));

    assertThat(steps.asked("cancel")).isEqualTo(1);
    assertThat(environment.result(purchase)).isEqualTo(Result.CANCELLED);
    environment.record("purchase-1-cancelled-by-update");
  }

  @Test
  void anAssignmentToAPurchaseThatWaitsForSomethingElseIsRefused() {
    steps.answer("create", new Answer.Refuses(Reason.UNKNOWN_COURSE));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));

    assertRejected(
        () -> purchase.assignTrainer(new TrainerAssignment(VENDOR, "ana", "she agreed")),
        "does not allow assignTrainer");
    assertThat(steps.asked("assignTrainer")).isZero();
  }

  @Test
  void aCancelThatFailsWaitsForAnOperatorWhoCanOnlyRetryIt() {
    steps
        .answer("create", new Answer.Refuses(Reason.UNKNOWN_COURSE))
        .answer("cancel", 5, new Answer.Fails("no such column"));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));
    purchase.signalCancel(new OperatorNote("ana", "student asked"));
    pass(Duration.ofHours(1));

    assertThat(steps.asked("cancel")).isEqualTo(5);
    assertThat(steps.opened).extracting(AttentionItem::step).containsExactly("create", "cancel");
    assertThat(steps.resolved).extracting(Resolution::step).containsExactly("create");
    assertThat(List.copyOf(steps.opened).getLast().actions()).containsExactly(OperatorAction.RETRY);

    purchase.retry(NOTE);

    assertThat(environment.result(purchase)).isEqualTo(Result.CANCELLED);
    assertThat(steps.asked("cancel")).isEqualTo(6);
    assertThat(steps.resolved).hasSize(2);
    assertThat(steps.recorded).isEmpty();
    environment.record("purchase-1-cancel-that-failed");
  }

  @Test
  void everyItemHasAnIdOfItsOwnThatRisesWithTime() {
    steps.answer("create", 2, new Answer.Refuses(Reason.UNKNOWN_COURSE));
    PurchaseWorkflow purchase = environment.startAlone();
    pass(Duration.ofHours(1));
    purchase.retry(NOTE);
    pass(Duration.ofHours(1));

    List<UUID> ids = List.copyOf(steps.openedIds);
    assertThat(ids).hasSize(2).doesNotHaveDuplicates().isSorted();
    assertThat(ids).allMatch(id -> id.version() == 7 && id.variant() == 2);
    assertThat(steps.resolved.element().itemId()).isEqualTo(ids.getFirst());
  }

  /** Refused by the validator. */
  private static void assertRejected(ThrowingCallable update, String message) {
    assertThatThrownBy(update)
        .isInstanceOf(WorkflowUpdateException.class)
        .rootCause()
        .hasMessageContaining(message);
  }

  private void signalCancel() {
    environment.temporal.getWorkflowClient().newUntypedWorkflowStub(ID).signal("cancel", NOTE);
  }

  private void pass(Duration time) {
    environment.temporal.sleep(time);
  }
}
