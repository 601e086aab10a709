package dev.mainstay.workflows.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.workflows.HistoryRecorder;
import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps.Resolution;
import dev.mainstay.workflows.attention.AttentionSteps.SignalRecord;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.refund.RefundPayments.Answer;
import dev.mainstay.workflows.refund.RefundPayments.Outcome;
import dev.mainstay.workflows.refund.RefundSteps.Booked;
import dev.mainstay.workflows.refund.RefundWorkflow.Input;
import dev.mainstay.workflows.refund.RefundWorkflow.Result;
import dev.mainstay.workflows.step.OperatorAction;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefundWorkflowTest {

  private static final OperatorNote NOTE = new OperatorNote("ana", "looked into it");
  private static final UUID REQUEST = new UUID(0, 2);
  private static final String FACT_ID = RefundWorkflow.id("stripe", "pi_1", 12_000);
  private static final String REQUEST_ID = RefundWorkflow.id("stripe", "pi_1", REQUEST);
  private static final Answer PENDING = new Answer(Outcome.PENDING, "");
  private static final Answer REFUSED = new Answer(Outcome.REFUSED, "charge_already_refunded");

  private final FakeRefund steps = new FakeRefund();
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
    processes.registerWorkflowImplementationTypes(RefundWorkflowImpl.class);
    processes.registerActivitiesImplementations(steps);
    temporal.newWorker(TaskQueues.PAYMENTS).registerActivitiesImplementations(steps);
    temporal.start();
  }

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void whatTheProviderToldIsBookedInSixEvents() {
    assertThat(result(told())).isEqualTo(Result.BOOKED);

    assertThat(steps.asked).containsExactly("book local");
    assertThat(history(FACT_ID)).hasSize(6);
    HistoryRecorder.record(temporal, "refund-1-told", FACT_ID);
  }

  @Test
  void whatAnOperatorWantsIsAskedOfTheProviderFirstInTwelveEvents() {
    assertThat(result(wanted())).isEqualTo(Result.BOOKED);

    assertThat(steps.asked).containsExactly("ask payments", "book local");
    assertThat(history(REQUEST_ID)).hasSize(12);
    HistoryRecorder.record(temporal, "refund-1-asked", REQUEST_ID);
  }

  @Test
  void aRefundWithoutItsPaymentWaitsForItElsewhere() {
    steps.booking(() -> new Booked(null), 1);

    assertThat(result(told())).isEqualTo(Result.WAITS_FOR_PAYMENT);
  }

  @Test
  void aRefusalWaitsForAnOperatorWhoseRetryAsksAgain() {
    steps.provider(() -> REFUSED, 1);
    RefundWorkflow refund = wanted();
    temporal.sleep(Duration.ofHours(1));

    AttentionItem item = steps.opened.element();
    assertThat(item.process()).isEqualTo("refund");
    assertThat(item.businessKey()).isEqualTo(REQUEST_ID);
    assertThat(item.reason()).isEqualTo("refund-refused");
    assertThat(item.error()).contains("charge_already_refunded");
    assertThat(item.amountMinor()).isEqualTo(12_000);
    assertThat(item.actions()).containsExactly(OperatorAction.RETRY, OperatorAction.CANCEL);
    assertThat(refund.waitingFor()).contains("an operator", "ask", "refund-refused");

    refund.signalRetry(NOTE);

    assertThat(result(refund)).isEqualTo(Result.BOOKED);
    assertThat(steps.asked).containsExactly("ask payments", "ask payments", "book local");
    assertThat(steps.resolved).extracting(Resolution::action).containsExactly(OperatorAction.RETRY);
  }

  @Test
  void aProviderWithoutAnAnswerIsAskedFiveTimesAndAgainByTheRetry() {
    steps.provider(
        () -> {
          throw new IllegalStateException("no answer");
        },
        5);
    RefundWorkflow refund = wanted();
    temporal.sleep(Duration.ofHours(1));
    assertThat(steps.asked).hasSize(5);
    assertThat(steps.opened.element().reason()).isEqualTo("step-failed");

    refund.signalRetry(NOTE);

    assertThat(result(refund)).isEqualTo(Result.BOOKED);
    assertThat(steps.asked).hasSize(7).filteredOn("ask payments"::equals).hasSize(6);
    HistoryRecorder.record(temporal, "refund-1-retried", REQUEST_ID);
  }

  @Test
  void cancelGivesUpAsking() {
    steps.provider(() -> REFUSED, 1);
    RefundWorkflow refund = wanted();
    temporal.sleep(Duration.ofHours(1));

    refund.signalCancel(NOTE);

    assertThat(result(refund)).isEqualTo(Result.CANCELLED);
    assertThat(steps.asked).containsExactly("ask payments", "cancel payments");
    assertThat(steps.resolved)
        .extracting(Resolution::action)
        .containsExactly(OperatorAction.CANCEL);
    HistoryRecorder.record(temporal, "refund-1-refused-and-cancelled", REQUEST_ID);
  }

  @Test
  void aCancelDuringTheQuestionToWhichTheProviderSaysYesIsRefused() {
    var cancel = new CompletableFuture<WorkflowUpdateHandle<Void>>();
    steps.provider(
        () -> {
          cancel.complete(
              temporal
                  .getWorkflowClient()
                  .newUntypedWorkflowStub(REQUEST_ID)
                  .startUpdate("cancel", WorkflowUpdateStage.ACCEPTED, Void.class, NOTE));
          return new Answer(Outcome.ARRIVED, "");
        },
        1);

    assertThat(result(wanted())).isEqualTo(Result.BOOKED);

    assertThat(steps.asked).containsExactly("ask payments", "book local");
    assertThat(steps.recorded)
        .singleElement()
        .satisfies(signal -> {
          assertThat(signal.note()).isEqualTo(NOTE);
          assertThat(signal.refusal()).contains("the provider has accepted the refund");
        });
    assertThatThrownBy(() -> cancel.join().getResult())
        .isInstanceOf(WorkflowUpdateException.class)
        .hasRootCauseInstanceOf(ApplicationFailure.class)
        .rootCause()
        .hasMessageContaining("the provider has accepted the refund");
    HistoryRecorder.record(temporal, "refund-1-cancelled-too-late", REQUEST_ID);
  }

  @Test
  void aCancelThatFindsThatTheMoneyWentBackIsRefusedAndTheRefundBooked() {
    steps.provider(() -> REFUSED, 1);
    steps.cancelling = () -> new Answer(Outcome.ARRIVED, "");
    RefundWorkflow refund = wanted();
    temporal.sleep(Duration.ofHours(1));

    assertThatThrownBy(() -> refund.cancel(NOTE))
        .isInstanceOf(WorkflowUpdateException.class)
        .rootCause()
        .hasMessageContaining("the provider has accepted the refund");

    assertThat(result(refund)).isEqualTo(Result.BOOKED);
    assertThat(steps.asked).containsExactly("ask payments", "cancel payments", "book local");
    assertThat(steps.recorded)
        .extracting(SignalRecord::refusal)
        .singleElement()
        .asString()
        .contains("the provider has accepted the refund");
    assertThat(steps.resolved).hasSize(1);
    HistoryRecorder.record(temporal, "refund-1-cancelled-but-made", REQUEST_ID);
  }

  @Test
  void whatIsPendingIsLookedUpEverMoreSeldomUntilItArrivesAndCannotBeCancelled() {
    steps.provider(() -> PENDING, 4);
    RefundWorkflow refund = wanted();
    temporal.sleep(Duration.ofMinutes(10));
    assertThat(steps.asked).hasSize(4);
    assertThat(refund.waitingFor()).isEqualTo("the provider to send the money");

    refund.signalCancel(NOTE);
    temporal.sleep(Duration.ofMinutes(6));

    assertThat(result(refund)).isEqualTo(Result.BOOKED);
    assertThat(steps.asked).hasSize(6).endsWith("ask payments", "book local");
    assertThat(steps.opened).isEmpty();
    assertThat(steps.recorded)
        .extracting(SignalRecord::refusal)
        .singleElement()
        .asString()
        .contains("the provider has accepted the refund");
    HistoryRecorder.record(temporal, "refund-1-pending", REQUEST_ID);
  }

  @Test
  void whatIsPendingForAMonthNeedsAnOperatorAndStillEndsByItself() {
    steps.provider(() -> PENDING, 200);
    RefundWorkflow refund = wanted();
    temporal.sleep(Duration.ofDays(31));
    assertThat(steps.opened.element().reason()).isEqualTo("refund-pending");
    assertThat(steps.opened.element().actions()).containsExactly(OperatorAction.RETRY);

    temporal.sleep(Duration.ofDays(30));

    assertThat(result(refund)).isEqualTo(Result.BOOKED);
    assertThat(steps.resolved)
        .extracting(resolution -> resolution.note().by())
        .containsExactly("mainstay");
  }

  @Test
  void aProviderThatCannotBeAskedHowFarItIsIsAskedTheNextTime() {
    steps.provider(() -> PENDING, 1);
    steps.provider(
        () -> {
          throw new IllegalStateException("no answer");
        },
        5);
    RefundWorkflow refund = wanted();

    temporal.sleep(Duration.ofHours(1));

    assertThat(result(refund)).isEqualTo(Result.BOOKED);
    assertThat(steps.opened).isEmpty();
  }

  @Test
  void whatWasAcceptedAndFailedIsNotBooked() {
    steps.provider(() -> PENDING, 2);
    steps.provider(() -> new Answer(Outcome.FAILED, ""), 1);

    assertThat(result(wanted())).isEqualTo(Result.FAILED);

    assertThat(steps.asked).containsExactly("ask payments", "ask payments", "ask payments");
    assertThat(steps.opened).as("the step has opened its own").isEmpty();
    HistoryRecorder.record(temporal, "refund-1-failed", REQUEST_ID);
  }

  @Test
  void aCancelThatWaitsForTheUndoOutlastsTemporalsOwn() {
    steps.provider(() -> REFUSED, 1);
    RefundWorkflow refund = wanted();
    temporal.sleep(Duration.ofHours(1));
    steps.cancelling =
        () -> {
          WorkflowStub.fromTyped(refund).cancel();
          return new Answer(Outcome.CANCELLED, "");
        };

    refund.cancel(NOTE);

    assertThatThrownBy(() -> result(refund)).hasRootCauseInstanceOf(CanceledFailure.class);
    assertThat(steps.asked).containsExactly("ask payments", "cancel payments");
    assertThat(steps.resolved)
        .extracting(Resolution::action)
        .containsExactly(OperatorAction.CANCEL);
    assertThat(steps.recorded)
        .extracting(SignalRecord::refusal)
        .containsExactly("it is being cancelled already");
  }

  @Test
  void aFactIsBookedWhoeverCancels() {
    steps.booking(
        () -> {
          throw new IllegalStateException("no such column");
        },
        5);
    RefundWorkflow refund = told();
    temporal.sleep(Duration.ofHours(1));
    assertThat(steps.opened.element().actions()).containsExactly(OperatorAction.RETRY);

    refund.signalCancel(NOTE);
    WorkflowStub.fromTyped(refund).cancel();
    temporal.sleep(Duration.ofHours(1));
    assertThat(steps.resolved).isEmpty();
    assertThat(steps.recorded)
        .extracting(signal -> signal.note().by())
        .containsExactlyInAnyOrder("ana", "temporal");
    assertThat(steps.recorded)
        .extracting(SignalRecord::refusal)
        .containsOnly(
            "the provider has accepted the refund, and what went back is booked whoever cancels");
    refund.signalRetry(NOTE);

    // The SDK reports a run that was cancelled as such, whatever it did.
    assertThatThrownBy(() -> result(refund)).hasRootCauseInstanceOf(CanceledFailure.class);
    assertThat(steps.asked).hasSize(6);
    assertThat(steps.resolved).hasSize(1);
  }

  private RefundWorkflow told() {
    return start(FACT_ID, null);
  }

  private RefundWorkflow wanted() {
    return start(REQUEST_ID, REQUEST);
  }

  private RefundWorkflow start(String id, @Nullable UUID request) {
    RefundWorkflow workflow =
        temporal
            .getWorkflowClient()
            .newWorkflowStub(
                RefundWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(id)
                    .setTaskQueue(TaskQueues.PROCESSES)
                    .build());
    var input = new Input("stripe", "pi_1", new UUID(0, 1), request, 12_000, "USD", "correlation");
    var _ = WorkflowClient.start(workflow::run, input);
    return workflow;
  }

  private static Result result(RefundWorkflow workflow) {
    return WorkflowStub.fromTyped(workflow).getResult(Result.class);
  }

  private List<String> history(String workflowId) {
    return temporal.getWorkflowClient().fetchHistory(workflowId).getEvents().stream()
        .map(event -> event.getEventType().name())
        .toList();
  }
}
