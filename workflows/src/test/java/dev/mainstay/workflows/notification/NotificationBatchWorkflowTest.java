package dev.mainstay.workflows.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.notification.NotificationBatchWorkflow.Input;
import dev.mainstay.workflows.notification.NotificationBatchWorkflow.Result;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotificationBatchWorkflowTest {

  private static final String ID = NotificationBatchWorkflow.id(new UUID(0, 9));

  private final FakeNotification steps = new FakeNotification();
  private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();

  @BeforeEach
  void start() {
    var processes = temporal.newWorker(TaskQueues.PROCESSES);
    processes.registerWorkflowImplementationTypes(NotificationBatchWorkflowImpl.class);
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
  void allThatAClaimTookGoesOnEachChannelTogether() {
    assertThat(result()).isEqualTo(new Result(4, 0));

    assertThat(steps.asked)
        .containsExactlyInAnyOrder(
            "plan 2",
            "send email messages-email",
            "send sms messages-sms",
            "send push messages-push");
  }

  @Test
  void aDeadChannelIsTriedOnceAndItsEventsGoOnAlone() {
    steps.fail(Channel.SMS, 1);

    assertThat(result()).isEqualTo(new Result(3, 1));

    assertThat(steps.asked).filteredOn("send sms messages-sms"::equals).hasSize(1);
    assertThat(steps.asked).last().isEqualTo("hand back 2");
  }

  @Test
  void whatCannotBePlannedTogetherIsPlannedAlone() {
    steps.failPlan();

    assertThat(result()).isEqualTo(new Result(0, 1));

    assertThat(steps.asked).containsExactly("plan 2", "plan 2", "hand back 2");
  }

  private Result result() {
    NotificationBatchWorkflow workflow =
        temporal
            .getWorkflowClient()
            .newWorkflowStub(
                NotificationBatchWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(ID)
                    .setTaskQueue(TaskQueues.PROCESSES)
                    .build());
    var _ = WorkflowClient.start(workflow::run, new Input(List.of(new UUID(0, 5), new UUID(0, 6))));
    return WorkflowStub.fromTyped(workflow).getResult(Result.class);
  }
}
