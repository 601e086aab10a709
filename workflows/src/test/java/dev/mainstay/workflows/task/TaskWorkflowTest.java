package dev.mainstay.workflows.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.workflows.HistoryRecorder;
import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps.Resolution;
import dev.mainstay.workflows.attention.AttentionSteps.SignalRecord;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.task.TaskWorkflow.Input;
import dev.mainstay.workflows.task.TaskWorkflow.Result;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskWorkflowTest {

  private static final OperatorNote NOTE = new OperatorNote("ana", "looked into it");
  private static final UUID TASK = new UUID(0, 1);
  private static final int RETRIES = 3;

  private final FakeTask steps = new FakeTask();
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
    processes.registerWorkflowImplementationTypes(TaskWorkflowImpl.class);
    processes.registerActivitiesImplementations(steps);
    temporal.newWorker(TaskQueues.BULK).registerActivitiesImplementations(steps);
    temporal.newWorker(TaskQueues.MESSAGES_EMAIL).registerActivitiesImplementations(steps);
    temporal.start();
  }

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void aMailIsSentOnItsOwnQueueInTwelveEvents() {
    assertThat(result(task(TaskType.WELCOME_EMAIL))).isEqualTo(Result.COMPLETED);

    assertThat(steps.asked).containsExactly("begin processes", "send messages-email");
    assertThat(history()).hasSize(12);
    HistoryRecorder.record(temporal, "task-1-mail", TaskWorkflow.id(TASK));
  }

  @Test
  void aFileIsMadeBeforeItsLinkIsSent() {
    assertThat(result(task(TaskType.USER_DATA_EXPORT))).isEqualTo(Result.COMPLETED);

    assertThat(steps.asked).containsExactly("begin processes", "make bulk", "send messages-email");
    HistoryRecorder.record(temporal, "task-1-file", TaskWorkflow.id(TASK));
  }

  @Test
  void aTaskThatHasEndedMeanwhileIsLeftAsItIs() {
    steps.wanted = false;

    assertThat(result(task(TaskType.USER_REPORT))).isEqualTo(Result.CANCELLED);

    assertThat(steps.asked).containsExactly("begin processes");
    HistoryRecorder.record(temporal, "task-1-had-ended", TaskWorkflow.id(TASK));
  }

  @Test
  void aDelayIsWaitedOutByATimerAndSaidInWords() {
    Instant notBefore = now().plus(Duration.ofDays(2));
    TaskWorkflow task = task(TaskType.WELCOME_EMAIL, notBefore, null);
    temporal.sleep(Duration.ofDays(1));

    assertThat(steps.asked).containsExactly("begin processes");
    assertThat(task.waitingFor()).contains(notBefore.toString());

    assertThat(result(task)).isEqualTo(Result.COMPLETED);
    assertThat(now()).isAfterOrEqualTo(notBefore);
    assertThat(steps.asked).hasSize(2);
    HistoryRecorder.record(temporal, "task-1-delayed", TaskWorkflow.id(TASK));
  }

  @Test
  void aDelayThatHasPassedIsNoDelay() {
    assertThat(result(task(TaskType.WELCOME_EMAIL, now().minusSeconds(60), null)))
        .isEqualTo(Result.COMPLETED);

    assertThat(history()).hasSize(12);
  }

  @Test
  void whatItsTriesCouldNotDoWaitsForAnOperatorWhoseRetryHasThemAllAgain() {
    steps.files.addAll(Collections.nCopies(RETRIES + 1, FakeTask.failing()));
    TaskWorkflow task = task(TaskType.USER_DATA_EXPORT);
    temporal.sleep(Duration.ofHours(1));

    AttentionItem item = steps.opened.element();
    assertThat(item.process()).isEqualTo("task");
    assertThat(item.businessKey()).isEqualTo("task/" + TASK);
    assertThat(item.subjectId()).isEqualTo(TASK);
    assertThat(item.step()).isEqualTo("make");
    assertThat(item.reason()).isEqualTo("step-failed");
    assertThat(item.actions()).containsExactly(OperatorAction.RETRY, OperatorAction.CANCEL);
    assertThat(task.waitingFor()).contains("an operator", "make");

    steps.files.addAll(Collections.nCopies(RETRIES, FakeTask.failing()));
    task.signalRetry(NOTE);

    assertThat(result(task)).isEqualTo(Result.COMPLETED);
    assertThat(steps.asked).filteredOn("make bulk"::equals).hasSize(2 * (RETRIES + 1));
    assertThat(steps.resolved).extracting(Resolution::action).containsExactly(OperatorAction.RETRY);
    HistoryRecorder.record(temporal, "task-1-retried", TaskWorkflow.id(TASK));
  }

  @Test
  void withoutRetriesTheFirstFailureWaitsForAnOperator() {
    steps.mails.add(FakeTask.failing());
    var _ = start(new Input(TASK, TaskType.WELCOME_EMAIL, 0, null, null, "correlation"));
    temporal.sleep(Duration.ofMinutes(1));

    assertThat(steps.asked).containsExactly("begin processes", "send messages-email");
    assertThat(steps.opened).hasSize(1);
  }

  @Test
  void aTaskThatIsNotDoneInTimeFailsAlsoBeforeAnOperator() {
    steps.mails.addAll(Collections.nCopies(RETRIES + 1, FakeTask.failing()));
    TaskWorkflow task = task(TaskType.PASSWORD_RESET_EMAIL, null, Duration.ofHours(1));

    assertThat(result(task)).isEqualTo(Result.FAILED);

    assertThat(steps.opened).hasSize(1);
    assertThat(steps.resolved.element().note().reason()).isEqualTo("its timeout has passed");
    assertThat(steps.asked).last().isEqualTo("end TIMED_OUT processes");
    HistoryRecorder.record(temporal, "task-1-timed-out", TaskWorkflow.id(TASK));
  }

  @Test
  void theTimeoutBeginsWithTheEndOfTheDelay() {
    steps.mails.add(FakeTask.failing());
    TaskWorkflow task =
        task(TaskType.WELCOME_EMAIL, now().plus(Duration.ofDays(1)), Duration.ofMinutes(5));

    assertThat(result(task)).isEqualTo(Result.COMPLETED);
  }

  @Test
  void whatWasSentInTimeIsCompletedWhateverItsTimeoutWas() {
    assertThat(result(task(TaskType.WELCOME_EMAIL, null, Duration.ofDays(300))))
        .isEqualTo(Result.COMPLETED);

    assertThat(history())
        .extracting(HistoryEvent::getEventType)
        .contains(EventType.EVENT_TYPE_TIMER_CANCELED);
  }

  @Test
  void cancelEndsItDuringItsDelay() {
    TaskWorkflow task = task(TaskType.WELCOME_EMAIL, now().plus(Duration.ofDays(2)), null);
    temporal.sleep(Duration.ofDays(1));

    task.cancel(NOTE);

    assertThat(result(task)).isEqualTo(Result.CANCELLED);
    assertThat(steps.asked).containsExactly("begin processes", "end CANCELLED processes");
    assertThat(steps.recorded)
        .singleElement()
        .satisfies(signal -> {
          assertThat(signal.note()).isEqualTo(NOTE);
          assertThat(signal.refusal()).isNull();
        });
    HistoryRecorder.record(temporal, "task-1-cancelled-by-update", TaskWorkflow.id(TASK));
  }

  @Test
  void cancelEndsItBeforeAnOperatorAndClosesTheItem() {
    steps.mails.addAll(Collections.nCopies(RETRIES + 1, FakeTask.failing()));
    TaskWorkflow task = task(TaskType.WELCOME_EMAIL);
    temporal.sleep(Duration.ofHours(1));

    task.signalCancel(NOTE);

    assertThat(result(task)).isEqualTo(Result.CANCELLED);
    assertThat(steps.resolved)
        .extracting(Resolution::action)
        .containsExactly(OperatorAction.CANCEL);
    HistoryRecorder.record(temporal, "task-1-cancelled-in-attention", TaskWorkflow.id(TASK));
  }

  @Test
  void aSignalWithoutAReasonChangesNothing() {
    TaskWorkflow task = task(TaskType.WELCOME_EMAIL, now().plus(Duration.ofDays(2)), null);
    temporal.sleep(Duration.ofDays(1));

    task.signalCancel(new OperatorNote("ana", ""));
    assertThatThrownBy(() -> task.cancel(new OperatorNote("", "why")))
        .isInstanceOf(WorkflowUpdateException.class);

    assertThat(result(task)).isEqualTo(Result.COMPLETED);
    assertThat(steps.recorded).extracting(SignalRecord::refusal).doesNotContainNull().hasSize(1);
  }

  private TaskWorkflow task(TaskType type) {
    return task(type, null, null);
  }

  private TaskWorkflow task(
      TaskType type, @Nullable Instant notBefore, @Nullable Duration timeout) {
    return start(new Input(TASK, type, RETRIES, notBefore, timeout, "correlation"));
  }

  private TaskWorkflow start(Input input) {
    TaskWorkflow workflow =
        temporal
            .getWorkflowClient()
            .newWorkflowStub(
                TaskWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(TaskWorkflow.id(TASK))
                    .setTaskQueue(TaskQueues.PROCESSES)
                    .build());
    var _ = WorkflowClient.start(workflow::run, input);
    return workflow;
  }

  private Instant now() {
    return Instant.ofEpochMilli(temporal.currentTimeMillis());
  }

  private static Result result(TaskWorkflow workflow) {
    return WorkflowStub.fromTyped(workflow).getResult(Result.class);
  }

  private List<HistoryEvent> history() {
    return temporal.getWorkflowClient().fetchHistory(TaskWorkflow.id(TASK)).getEvents();
  }
}
