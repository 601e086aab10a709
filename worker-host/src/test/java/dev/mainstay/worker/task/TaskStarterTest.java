package dev.mainstay.worker.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.intake.IntakeKind;
import dev.mainstay.worker.module.Claim;
import dev.mainstay.workflows.task.TaskWorkflow;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class TaskStarterTest {

  private static final UUID TASK = new UUID(0, 1);

  private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();
  private final TaskStarter starter =
      new TaskStarter(temporal.getWorkflowClient(), JsonMapper.shared());

  @AfterEach
  void close() {
    temporal.close();
  }

  @ParameterizedTest
  @CsvSource({"high, 1", "normal, 3", "low, 5"})
  void aRunHasItsTasksPriority(String priority, int key) {
    var options = starter.options(claim(priority));

    assertThat(options.getWorkflowId()).isEqualTo(TaskWorkflow.id(TASK));
    assertThat(options.getPriority().getPriorityKey()).isEqualTo(key);
  }

  private static Claim claim(String priority) {
    String body =
        """
        {"type":"user-report","customerId":"%s","priority":"%s","maxRetries":2,"notBefore":"2026-11-20T09:00:00Z",\
        "timeoutSeconds":60}\
        """
            .formatted(new UUID(0, 2), priority);
    return new Claim(
        new UUID(0, 3),
        IntakeKind.TASK,
        List.of(new Claim.Row(TASK, body, "correlation", Duration.ZERO)));
  }
}
