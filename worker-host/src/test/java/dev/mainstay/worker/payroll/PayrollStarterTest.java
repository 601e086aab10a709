package dev.mainstay.worker.payroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.db.intake.IntakeKind;
import dev.mainstay.worker.module.Claim;
import dev.mainstay.workflows.SearchAttributes;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PayrollStarterTest {

  private static final String ID = "payroll/weekly/2026-01-05";

  private final TestWorkflowEnvironment temporal =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .registerSearchAttribute(
                  SearchAttributes.PROCESS.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
              .registerSearchAttribute(
                  SearchAttributes.SUBJECTS.getName(),
                  IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST)
              .build());
  private final PayrollStarter starter =
      new PayrollStarter(temporal.getWorkflowClient(), JsonMapper.shared());

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void aRequestStartsTheRunAndAnApprovalWakesIt() {
    start(true);
    start(true);

    assertThat(temporal.getWorkflowClient().fetchHistory(ID).getEvents())
        .filteredOn(
            event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
        .hasSize(2);
  }

  @Test
  void whatIsOnlyAskedForAgainStartsNothingWhereARunIsThere() {
    start(false);

    assertThatThrownBy(() -> start(false)).isInstanceOf(WorkflowExecutionAlreadyStarted.class);
  }

  private void start(boolean wakes) {
    String body =
        """
        {"runId":"%s","cadence":"weekly","periodStart":"2026-01-05","wakes":%s}\
        """
            .formatted(new UUID(0, 1), wakes);
    var claim =
        new Claim(
            new UUID(0, 3),
            IntakeKind.PAYROLL,
            List.of(new Claim.Row(new UUID(0, 1), body, "correlation", Duration.ZERO)));
    var options = starter.options(claim);
    assertThat(options.getWorkflowId()).isEqualTo(ID);
    starter.start(claim, options);
  }
}
