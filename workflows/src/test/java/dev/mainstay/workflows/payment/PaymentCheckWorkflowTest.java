package dev.mainstay.workflows.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.workflows.HistoryRecorder;
import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps.Resolution;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.process.Claimed;
import dev.mainstay.workflows.step.OperatorAction;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaymentCheckWorkflowTest {

  private static final OperatorNote NOTE = new OperatorNote("ana", "looked into it");
  private static final String ID = PaymentCheckWorkflow.id("stripe", "pi_1");
  private static final Claimed<PaymentCheckIntake> PAYMENT =
      new Claimed<>(
          new PaymentCheckIntake("stripe", "pi_1", 12_000, "USD"), new UUID(0, 1), "correlation");

  private final FakePaymentCheck steps = new FakePaymentCheck();
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
    processes.registerWorkflowImplementationTypes(PaymentCheckWorkflowImpl.class);
    processes.registerActivitiesImplementations(steps);
    temporal.newWorker(TaskQueues.PAYMENTS).registerActivitiesImplementations(steps);
    temporal.start();
  }

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void aPaymentIsLookedUpOnTheQueueOfPaymentsInElevenEvents() {
    assertThat(result(begin())).isTrue();

    assertThat(steps.asked).containsExactly(TaskQueues.PAYMENTS);
    assertThat(steps.opened).isEmpty();
    assertThat(temporal.getWorkflowClient().fetchHistory(ID).getEvents()).hasSize(11);
    HistoryRecorder.record(temporal, "payment-check-1-confirmed", ID);
  }

  @Test
  void aMismatchWaitsForAnOperatorWhoseRetryLooksAgain() {
    steps.answer(() -> Optional.of("the provider has no such payment"), 1);
    PaymentCheckWorkflow check = begin();
    temporal.sleep(Duration.ofHours(1));

    AttentionItem item = steps.opened.element();
    assertThat(item.process()).isEqualTo("payment-check");
    assertThat(item.businessKey()).isEqualTo(ID);
    assertThat(item.reason()).isEqualTo("payment-mismatch");
    assertThat(item.error()).isEqualTo("the provider has no such payment");
    assertThat(item.amountMinor()).isEqualTo(12_000);
    assertThat(item.actions()).containsExactly(OperatorAction.RETRY, OperatorAction.CANCEL);

    check.signalRetry(NOTE);

    assertThat(result(check)).isTrue();
    assertThat(steps.asked).hasSize(2);
    assertThat(steps.resolved).extracting(Resolution::action).containsExactly(OperatorAction.RETRY);
    HistoryRecorder.record(temporal, "payment-check-1-retried", ID);
  }

  @Test
  void aProviderWithoutAnAnswerIsAskedFiveTimes() {
    steps.answer(
        () -> {
          throw new IllegalStateException("no answer");
        },
        5);
    PaymentCheckWorkflow check = begin();
    temporal.sleep(Duration.ofHours(1));

    assertThat(steps.asked).hasSize(5);
    assertThat(steps.opened.element().reason()).isEqualTo("step-failed");

    check.signalRetry(NOTE);

    assertThat(result(check)).isTrue();
  }

  @Test
  void cancelStopsAsking() {
    steps.answer(() -> Optional.of("the payment's status is canceled"), 1);
    PaymentCheckWorkflow check = begin();
    temporal.sleep(Duration.ofHours(1));

    check.signalCancel(NOTE);

    assertThat(result(check)).isFalse();
    assertThat(steps.asked).hasSize(1);
    assertThat(steps.resolved)
        .extracting(Resolution::action)
        .containsExactly(OperatorAction.CANCEL);
    HistoryRecorder.record(temporal, "payment-check-1-cancelled", ID);
  }

  private PaymentCheckWorkflow begin() {
    PaymentCheckWorkflow workflow =
        temporal
            .getWorkflowClient()
            .newWorkflowStub(
                PaymentCheckWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(ID)
                    .setTaskQueue(TaskQueues.PROCESSES)
                    .build());
    var _ = WorkflowClient.start(workflow::run, PAYMENT);
    return workflow;
  }

  private static boolean result(PaymentCheckWorkflow workflow) {
    return WorkflowStub.fromTyped(workflow).getResult(Boolean.class);
  }
}
