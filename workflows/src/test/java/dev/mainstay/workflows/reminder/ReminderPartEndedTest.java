package dev.mainstay.workflows.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.sweep.FakeSweepSteps;
import dev.mainstay.workflows.sweep.SweepPosition;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A sweep of which a part ends in a way of its own. */
class ReminderPartEndedTest {

  private final FakeSweepSteps record = new FakeSweepSteps();
  private final TestWorkflowEnvironment temporal =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .registerSearchAttribute(
                  SearchAttributes.PROCESS.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
              .build());

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void itIsRecordedAndTheRunEnds() {
    var processes = temporal.newWorker(TaskQueues.PROCESSES);
    processes.registerWorkflowImplementationTypes(
        AppointmentReminderWorkflowImpl.class, Ended.class);
    processes.registerActivitiesImplementations(record);
    temporal.start();

    Counts counts =
        temporal
            .getWorkflowClient()
            .newWorkflowStub(
                AppointmentReminderWorkflow.class,
                WorkflowOptions.newBuilder().setTaskQueue(TaskQueues.PROCESSES).build())
            .run();

    assertThat(counts).isEqualTo(Counts.NONE);
    assertThat(record.gaveUp).singleElement().extracting("step").isEqualTo("ReminderPart");
    assertThat(record.ended).singleElement().extracting("cutShort").asString().contains("by hand");
  }

  /** One that somebody ended. */
  public static final class Ended implements ReminderPartWorkflow {

    @Override
    public Counts run(ReminderPart part, SweepPosition from) {
      throw ApplicationFailure.newNonRetryableFailure("by hand", "Ended");
    }
  }
}
