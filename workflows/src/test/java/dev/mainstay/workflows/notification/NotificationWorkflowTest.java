package dev.mainstay.workflows.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionSteps.Resolution;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.notification.NotificationSteps.Plan;
import dev.mainstay.workflows.notification.NotificationWorkflow.Input;
import dev.mainstay.workflows.notification.NotificationWorkflow.Result;
import dev.mainstay.workflows.step.OperatorAction;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotificationWorkflowTest {

  private static final OperatorNote NOTE = new OperatorNote("ana", "the gateway is mended");
  private static final UUID BOOKING = new UUID(0, 9);
  private static final String ID = NotificationWorkflow.id("booking.created", BOOKING);

  private final FakeNotification steps = new FakeNotification();
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
    processes.registerWorkflowImplementationTypes(NotificationWorkflowImpl.class);
    processes.registerActivitiesImplementations(steps);
    for (Channel channel : Channel.values()) {
      temporal.newWorker(channel.queue()).registerActivitiesImplementations(steps);
    }
    temporal.start();
  }

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void everyChannelSendsOnItsOwnQueue() {
    assertThat(result(started())).isEqualTo(new Result(4, false));

    assertThat(steps.asked).first().isEqualTo("plan local");
    assertThat(steps.asked)
        .containsExactlyInAnyOrder(
            "plan local",
            "send email messages-email",
            "send sms messages-sms",
            "send push messages-push");
  }

  @Test
  void whoeverHasNobodyToTellEndsInSixEvents() {
    steps.plan(new Plan(List.of(), 0));

    assertThat(result(started())).isEqualTo(new Result(0, false));

    assertThat(temporal.getWorkflowClient().fetchHistory(ID).getEvents()).hasSize(6);
  }

  @Test
  void aDeadChannelIsTriedThreeTimesAndWaitsWhileTheOthersHaveSent() {
    steps.fail(Channel.SMS, 3);
    NotificationWorkflow notification = started();
    temporal.sleep(Duration.ofHours(1));

    assertThat(steps.asked)
        .contains("send email messages-email", "send push messages-push")
        .filteredOn("send sms messages-sms"::equals)
        .hasSize(3);
    AttentionItem item = steps.opened.element();
    assertThat(item.process()).isEqualTo("notification");
    assertThat(item.businessKey()).isEqualTo(ID);
    assertThat(item.subjectId()).isEqualTo(BOOKING);
    assertThat(item.error()).contains("sms: 1 not sent");
    assertThat(item.actions())
        .containsExactly(OperatorAction.RETRY, OperatorAction.SKIP, OperatorAction.CANCEL);
    assertThat(notification.waitingFor()).contains("an operator", "send");

    notification.signalRetry(NOTE);

    assertThat(result(notification)).isEqualTo(new Result(4, false));
    assertThat(steps.asked).filteredOn("send email messages-email"::equals).hasSize(1);
    assertThat(steps.resolved).extracting(Resolution::action).containsExactly(OperatorAction.RETRY);
  }

  @Test
  void aTryBeforeItWasHandedBackCounts() {
    steps.plan(new Plan(FakeNotification.PLAN.batches(), 1));
    steps.fail(Channel.SMS, 2);
    NotificationWorkflow notification = started();
    temporal.sleep(Duration.ofHours(1));

    assertThat(steps.opened).hasSize(1);

    notification.signalRetry(NOTE);

    assertThat(result(notification)).isEqualTo(new Result(4, false));
  }

  @Test
  void twoDeadChannelsWaitTogether() {
    steps.fail(Channel.SMS, 3);
    steps.fail(Channel.PUSH, 3);
    NotificationWorkflow notification = started();
    temporal.sleep(Duration.ofHours(1));
    assertThat(steps.opened).hasSize(1);
    assertThat(steps.opened.element().error()).contains("sms: ", "push: ");

    notification.signalRetry(NOTE);

    assertThat(result(notification)).isEqualTo(new Result(4, false));
  }

  @Test
  void whatIsSkippedIsNotSentAnyMore() {
    steps.fail(Channel.SMS, 3);
    NotificationWorkflow notification = started();
    temporal.sleep(Duration.ofHours(1));

    notification.signalSkip(NOTE);

    assertThat(result(notification)).isEqualTo(new Result(3, false));
    assertThat(steps.asked).last().isEqualTo("suppress 1 skipped");
  }

  @Test
  void cancelSendsNothingMore() {
    steps.fail(Channel.SMS, 3);
    steps.fail(Channel.EMAIL, 3);
    NotificationWorkflow notification = started();
    temporal.sleep(Duration.ofHours(1));

    notification.signalCancel(NOTE);

    assertThat(result(notification)).isEqualTo(new Result(1, true));
    assertThat(steps.asked).last().isEqualTo("suppress 3 cancelled");
    assertThat(steps.resolved)
        .extracting(Resolution::action)
        .containsExactly(OperatorAction.CANCEL);
  }

  @Test
  void temporalsOwnCancelIsACancelToo() {
    steps.fail(Channel.SMS, 3);
    NotificationWorkflow notification = started();
    temporal.sleep(Duration.ofHours(1));

    WorkflowStub.fromTyped(notification).cancel();

    // The SDK reports a run that was cancelled as such, whatever it did.
    assertThatThrownBy(() -> result(notification)).hasRootCauseInstanceOf(CanceledFailure.class);
    assertThat(steps.asked).last().isEqualTo("suppress 1 cancelled");
    assertThat(steps.resolved.element().note().by()).isEqualTo("temporal");
  }

  @Test
  void aSignalOfNobodyIsRefused() {
    steps.fail(Channel.SMS, 3);
    NotificationWorkflow notification = started();
    temporal.sleep(Duration.ofHours(1));

    assertThatThrownBy(() -> notification.cancel(new OperatorNote("", "")))
        .rootCause()
        .hasMessageContaining("a signal says by whom and for what reason");
    assertThat(steps.resolved).isEmpty();
  }

  private NotificationWorkflow started() {
    NotificationWorkflow notification =
        temporal
            .getWorkflowClient()
            .newWorkflowStub(
                NotificationWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(ID)
                    .setTaskQueue(TaskQueues.PROCESSES)
                    .build());
    var input = new Input(new UUID(0, 8), "booking.created", BOOKING, "corr-1");
    var _ = WorkflowClient.start(notification::run, input);
    return notification;
  }

  private static Result result(NotificationWorkflow notification) {
    return WorkflowStub.fromTyped(notification).getResult(Result.class);
  }
}
