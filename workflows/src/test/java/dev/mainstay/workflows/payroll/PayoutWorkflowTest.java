package dev.mainstay.workflows.payroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps.Resolution;
import dev.mainstay.workflows.attention.AttentionSteps.SignalRecord;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.payroll.PayoutSteps.Outcome;
import dev.mainstay.workflows.payroll.PayoutSteps.PayoutResult;
import dev.mainstay.workflows.payroll.PayoutWorkflow.Input;
import dev.mainstay.workflows.payroll.PayoutWorkflow.Result;
import dev.mainstay.workflows.step.OperatorAction;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PayoutWorkflowTest {

  private static final OperatorNote NOTE = new OperatorNote("ana", "looked into it");
  private static final UUID PAYOUT = new UUID(0, 7);
  private static final PayoutResult UNKNOWN = new PayoutResult(Outcome.UNKNOWN, "timeout");
  private static final PayoutResult PAUSED =
      new PayoutResult(Outcome.PAUSED, "the run is paused: operator");
  private static final PayoutResult REFUSED =
      new PayoutResult(Outcome.FAILED, "account_closed (400)");

  private final FakePayout payout = new FakePayout();
  private final TestWorkflowEnvironment temporal =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .registerSearchAttribute(
                  SearchAttributes.NEEDS_ATTENTION.getName(),
                  IndexedValueType.INDEXED_VALUE_TYPE_BOOL)
              .registerSearchAttribute(
                  SearchAttributes.ATTENTION_REASON.getName(),
                  IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
              .build());

  @BeforeEach
  void start() {
    var processes = temporal.newWorker(TaskQueues.PROCESSES);
    processes.registerWorkflowImplementationTypes(PayoutWorkflowImpl.class);
    processes.registerActivitiesImplementations(payout);
    temporal.newWorker(TaskQueues.PAYMENTS).registerActivitiesImplementations(payout);
    temporal.newWorker(TaskQueues.BULK).registerActivitiesImplementations(payout);
    temporal.start();
  }

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void onePaidMeanwhileGetsItsReceipt() {
    assertThat(result(started())).isEqualTo(Result.PAID);

    assertThat(payout.asked).containsExactly("look", "receipt");
  }

  @Test
  void whatIsNotKnownIsAskedAgainEverMoreSeldomUntilItIs() {
    payout.is(Outcome.UNKNOWN, "timeout");
    payout.provider(() -> UNKNOWN, 4);

    assertThat(result(started())).isEqualTo(Result.PAID);

    assertThat(payout.asked).containsExactly("look", "pay", "pay", "pay", "pay", "pay", "receipt");
    assertThat(pauses()).containsExactly(1L, 2L, 4L, 8L, 16L);
    assertThat(payout.opened).isEmpty();
  }

  @Test
  void whatIsNotKnownForHoursIsAlsoForAnOperatorWhoHasItAskedAtOnce() {
    payout.is(Outcome.UNKNOWN, "timeout");
    payout.provider(() -> UNKNOWN, 1_000);
    PayoutWorkflow run = started();
    temporal.sleep(Duration.ofHours(10));

    AttentionItem item = payout.opened.element();
    assertThat(item.reason()).isEqualTo("payout-unknown");
    assertThat(item.process()).isEqualTo("payout");
    assertThat(item.amountMinor()).isEqualTo(8_000);
    assertThat(item.actions()).containsExactly(OperatorAction.RETRY);
    int asked = payout.asked.size();
    assertThat(asked).as("about hourly").isBetween(13, 17);
    payout.provider(() -> UNKNOWN, 0);

    run.signalRetry(NOTE);
    temporal.sleep(Duration.ofMinutes(1));

    assertThat(payout.asked).hasSize(asked + 1);
    assertThat(payout.resolved)
        .extracting(Resolution::action)
        .containsExactly(OperatorAction.RETRY);
  }

  @Test
  void anAnswerThatComesAtLastClosesTheItem() {
    payout.is(Outcome.UNKNOWN, "timeout");
    payout.provider(() -> UNKNOWN, 12);

    assertThat(result(started())).isEqualTo(Result.PAID);

    assertThat(payout.opened).isNotEmpty();
    assertThat(payout.resolved)
        .extracting(resolution -> resolution.note().by())
        .containsExactly("mainstay");
  }

  @Test
  void aProviderThatCannotBeAskedLeavesItUnknown() {
    payout.is(Outcome.UNKNOWN, "timeout");
    payout.provider(
        () -> {
          throw new IllegalStateException("not reached");
        },
        15);

    assertThat(result(started())).isEqualTo(Result.PAID);

    assertThat(Collections.frequency(payout.asked, "pay")).isEqualTo(16);
  }

  @Test
  void aRefusedOneWaitsForAnOperatorAndIsTriedAgain() {
    payout.is(Outcome.FAILED, REFUSED.reason());
    payout.provider(() -> REFUSED, 1);
    PayoutWorkflow run = started();
    temporal.sleep(Duration.ofDays(3));
    AttentionItem item = payout.opened.element();
    assertThat(item.reason()).isEqualTo("payout-refused");
    assertThat(item.error()).isEqualTo("account_closed (400)");
    assertThat(item.actions()).containsExactly(OperatorAction.RETRY, OperatorAction.CANCEL);
    assertThat(run.waitingFor()).contains("payout-refused");

    run.signalRetry(NOTE);
    temporal.sleep(Duration.ofDays(1));
    assertThat(payout.opened).hasSize(2);
    run.signalRetry(NOTE);

    assertThat(result(run)).isEqualTo(Result.PAID);
    assertThat(payout.asked).containsExactly("look", "reopen", "pay", "reopen", "pay", "receipt");
  }

  @Test
  void aPlatformWithoutMoneyIsToldAsSuch() {
    payout.is(Outcome.FAILED, REFUSED.reason());
    payout.provider(
        () -> new PayoutResult(Outcome.INSUFFICIENT_BALANCE, "insufficient-balance"), 1);
    PayoutWorkflow run = started();
    temporal.sleep(Duration.ofHours(1));
    run.signalRetry(NOTE);
    temporal.sleep(Duration.ofHours(1));

    assertThat(payout.opened)
        .extracting(AttentionItem::reason)
        .containsExactly("payout-refused", "insufficient-balance");
    run.signalRetry(NOTE);
    assertThat(result(run)).isEqualTo(Result.PAID);
  }

  @Test
  void aCancelledOneReturnsItsEarnings() {
    payout.is(Outcome.FAILED, REFUSED.reason());
    PayoutWorkflow run = started();
    temporal.sleep(Duration.ofHours(1));

    run.cancel(NOTE);

    assertThat(result(run)).isEqualTo(Result.CANCELLED);
    assertThat(payout.asked).containsExactly("look", "cancel", "look");
    assertThat(payout.resolved)
        .extracting(Resolution::action)
        .containsExactly(OperatorAction.CANCEL);
  }

  @Test
  void oneThatWasCancelledBeforeItsRunWasLostIsOver() {
    payout.is(Outcome.CANCELLED, "cancelled");

    assertThat(result(started())).isEqualTo(Result.CANCELLED);

    assertThat(payout.asked).containsExactly("look");
    assertThat(payout.opened).isEmpty();
  }

  @Test
  void whatMayHaveBeenPaidIsNotCancelled() {
    payout.is(Outcome.UNKNOWN, "timeout");
    payout.provider(() -> UNKNOWN, 3);
    PayoutWorkflow run = started();

    run.signalCancel(NOTE);
    assertThatThrownBy(() -> run.cancel(NOTE)).isInstanceOf(WorkflowUpdateException.class);
    WorkflowStub.fromTyped(run).cancel();
    temporal.sleep(Duration.ofHours(2));

    assertThat(payout.asked).endsWith("receipt").doesNotContain("cancel");
    assertThat(payout.recorded)
        .hasSize(2)
        .extracting(SignalRecord::refusal)
        .allMatch(why -> why != null && why.contains("may have been paid"));
  }

  @Test
  void aTransferThatTurnsUpOnCancellingIsPaid() {
    payout.is(Outcome.FAILED, REFUSED.reason());
    payout.wasPaidAfterAll();
    PayoutWorkflow run = started();
    temporal.sleep(Duration.ofHours(1));

    run.signalCancel(NOTE);

    assertThat(result(run)).isEqualTo(Result.PAID);
    assertThat(payout.asked).containsExactly("look", "cancel", "look", "receipt");
    assertThat(payout.recorded)
        .extracting(SignalRecord::refusal)
        .containsExactly("a transfer was made, or may have been");
  }

  @Test
  void cancelledInTemporalIsCancelled() {
    payout.is(Outcome.FAILED, REFUSED.reason());
    PayoutWorkflow run = started();
    temporal.sleep(Duration.ofHours(1));

    WorkflowStub.fromTyped(run).cancel();
    temporal.sleep(Duration.ofHours(1));

    assertThat(payout.asked).containsExactly("look", "cancel", "look");
    assertThat(payout.resolved)
        .extracting(resolution -> resolution.note().by())
        .containsExactly("temporal");
  }

  @Test
  void oneThatIsTriedAgainWhileItsRunIsPausedIsPaidOnceThatIsResumed() {
    payout.is(Outcome.FAILED, REFUSED.reason());
    payout.provider(() -> PAUSED, 3);
    PayoutWorkflow run = started();
    temporal.sleep(Duration.ofHours(1));

    run.signalRetry(NOTE);

    assertThat(result(run)).isEqualTo(Result.PAID);
    assertThat(payout.asked)
        .containsExactly("look", "reopen", "pay", "pay", "pay", "pay", "receipt");
    assertThat(payout.opened).hasSize(1);
  }

  @Test
  void oneThatIsTriedAgainWhileItsRunIsPausedCanBeCancelled() {
    payout.is(Outcome.FAILED, REFUSED.reason());
    payout.provider(() -> PAUSED, 1_000);
    PayoutWorkflow run = started();
    temporal.sleep(Duration.ofHours(1));
    run.signalRetry(NOTE);
    temporal.sleep(Duration.ofHours(1));
    assertThat(run.waitingFor()).contains("its run, which is paused");

    run.cancel(NOTE);

    assertThat(result(run)).isEqualTo(Result.CANCELLED);
    assertThat(payout.asked).endsWith("pay", "cancel", "look");
    assertThat(payout.recorded)
        .singleElement()
        .satisfies(signal -> {
          assertThat(signal.action()).isEqualTo(OperatorAction.CANCEL);
          assertThat(signal.refusal()).isNull();
        });
  }

  @Test
  void cancelledInTemporalWhileItsRunIsPausedItIsCancelled() {
    payout.is(Outcome.FAILED, REFUSED.reason());
    payout.provider(() -> PAUSED, 1_000);
    PayoutWorkflow run = started();
    temporal.sleep(Duration.ofHours(1));
    run.signalRetry(NOTE);
    temporal.sleep(Duration.ofHours(1));

    WorkflowStub.fromTyped(run).cancel();
    temporal.sleep(Duration.ofHours(1));

    assertThat(payout.asked).endsWith("pay", "cancel", "look");
  }

  @Test
  void aTransferThatTurnsUpOnCancellingWhileTheRunIsPausedIsPaid() {
    payout.is(Outcome.FAILED, REFUSED.reason());
    payout.provider(() -> PAUSED, 1_000);
    payout.wasPaidAfterAll();
    PayoutWorkflow run = started();
    temporal.sleep(Duration.ofHours(1));
    run.signalRetry(NOTE);
    temporal.sleep(Duration.ofHours(1));

    run.signalCancel(NOTE);

    assertThat(result(run)).isEqualTo(Result.PAID);
    assertThat(payout.asked).endsWith("pay", "cancel", "look", "receipt");
  }

  @Test
  void aCancellationThatComesWhileARetryIsRecordedIsRecordedToo() {
    payout.is(Outcome.FAILED, REFUSED.reason());
    PayoutWorkflow run = started();
    temporal.sleep(Duration.ofHours(1));
    payout.duringResolve(() -> run.signalCancel(NOTE));

    run.signalRetry(NOTE);
    temporal.sleep(Duration.ofHours(1));

    assertThat(payout.resolved)
        .extracting(Resolution::action)
        .containsExactly(OperatorAction.RETRY);
    assertThat(payout.recorded)
        .extracting(SignalRecord::action)
        .containsExactly(OperatorAction.CANCEL);
  }

  private PayoutWorkflow started() {
    PayoutWorkflow workflow =
        temporal
            .getWorkflowClient()
            .newWorkflowStub(
                PayoutWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(PayoutWorkflow.id(PAYOUT))
                    .setTaskQueue(TaskQueues.PROCESSES)
                    .build());
    var input =
        new Input(PAYOUT, "weekly", LocalDate.parse("2026-03-02"), 8_000, "USD", "correlation");
    var _ = WorkflowClient.start(workflow::run, input);
    return workflow;
  }

  /** In minutes, as the history has them. */
  private List<Long> pauses() {
    return temporal.getWorkflowClient().fetchHistory(PayoutWorkflow.id(PAYOUT)).getEvents().stream()
        .filter(HistoryEvent::hasTimerStartedEventAttributes)
        .map(event ->
            event.getTimerStartedEventAttributes().getStartToFireTimeout().getSeconds() / 60)
        .toList();
  }

  private static Result result(PayoutWorkflow workflow) {
    return WorkflowStub.fromTyped(workflow).getResult(Result.class);
  }
}
