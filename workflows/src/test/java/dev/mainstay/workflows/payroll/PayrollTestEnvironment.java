package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.payroll.PayrollWorkflow.Approval;
import dev.mainstay.workflows.payroll.PayrollWorkflow.Input;
import dev.mainstay.workflows.payroll.PayrollWorkflow.Result;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;

/** A Temporal with payroll's workflow on fake steps. */
final class PayrollTestEnvironment implements AutoCloseable {

  static final UUID RUN = new UUID(0, 1);
  static final String ID = PayrollWorkflow.id("weekly", LocalDate.parse("2026-01-05"));

  final TestWorkflowEnvironment temporal;

  PayrollTestEnvironment() {
    temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .registerSearchAttribute(
                    SearchAttributes.NEEDS_ATTENTION.getName(),
                    IndexedValueType.INDEXED_VALUE_TYPE_BOOL)
                .registerSearchAttribute(
                    SearchAttributes.ATTENTION_REASON.getName(),
                    IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute(
                    SearchAttributes.PROGRESS.getName(),
                    IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .build());
  }

  /** Starts the run on these steps. */
  PayrollWorkflow run(FakePayroll steps) {
    var processes = temporal.newWorker(TaskQueues.PROCESSES);
    processes.registerWorkflowImplementationTypes(PayrollWorkflowImpl.class);
    processes.registerActivitiesImplementations(steps);
    temporal.newWorker(TaskQueues.PAYMENTS).registerActivitiesImplementations(steps);
    temporal.newWorker(TaskQueues.BULK).registerActivitiesImplementations(steps);
    temporal.start();
    return start();
  }

  /** Loses the run, and starts it again as a request for its period does. */
  PayrollWorkflow loseAndStart(PayrollWorkflow lost) {
    WorkflowStub.fromTyped(lost).terminate("lost");
    return start();
  }

  private PayrollWorkflow start() {
    PayrollWorkflow workflow =
        temporal
            .getWorkflowClient()
            .newWorkflowStub(
                PayrollWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(ID)
                    .setTaskQueue(TaskQueues.PROCESSES)
                    .build());
    var _ = WorkflowClient.start(workflow::run, new Input(RUN, "correlation", null));
    return workflow;
  }

  /** The existing run, for a signal from one of its own steps. */
  PayrollWorkflow current() {
    return temporal.getWorkflowClient().newWorkflowStub(PayrollWorkflow.class, ID);
  }

  /** Signals so much that the run is continued as new as soon as it looks whether it should be. */
  void fillHistory() {
    String megabyte = "x".repeat(1 << 20);
    for (int signal = 0; signal < 5; signal++) {
      current().approve(new Approval(megabyte));
    }
  }

  void pass(Duration time) {
    temporal.sleep(time);
  }

  Result result(PayrollWorkflow workflow) {
    return WorkflowStub.fromTyped(workflow).getResult(Result.class);
  }

  @Override
  public void close() {
    temporal.close();
  }
}
