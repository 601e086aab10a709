package dev.mainstay.worker.task;

import dev.mainstay.db.intake.IntakeKind;
import dev.mainstay.worker.module.Claim;
import dev.mainstay.worker.module.RunStarter;
import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.task.TaskWorkflow;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.Priority;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** A run for each task; its steps wait for workers in the order of the task's priority. */
final class TaskStarter implements RunStarter {

  private final WorkflowClient client;
  private final JsonMapper json;

  TaskStarter(WorkflowClient client, JsonMapper json) {
    this.client = client;
    this.json = json;
  }

  @Override
  public IntakeKind kind() {
    return IntakeKind.TASK;
  }

  @Override
  public WorkflowOptions options(Claim claim) {
    TaskBody body = body(claim);
    return WorkflowOptions.newBuilder()
        .setWorkflowId(TaskWorkflow.id(claim.rows().getFirst().businessId()))
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
        .setTaskQueue(TaskQueues.PROCESSES)
        .setDisableEagerExecution(false)
        .setPriority(Priority.newBuilder().setPriorityKey(body.taskPriority().key()).build())
        .setTypedSearchAttributes(
            io.temporal.common.SearchAttributes.newBuilder()
                .set(SearchAttributes.PROCESS, TaskWorkflow.NAME)
                .set(SearchAttributes.SUBJECTS, List.of(body.customerId().toString()))
                .build())
        .build();
  }

  @Override
  public void start(Claim claim, WorkflowOptions options) {
    TaskBody body = body(claim);
    Claim.Row row = claim.rows().getFirst();
    var input =
        new TaskWorkflow.Input(
            row.businessId(),
            body.taskType(),
            body.maxRetries(),
            body.notBefore(),
            body.timeout(),
            row.correlationId());
    TaskWorkflow workflow = client.newWorkflowStub(TaskWorkflow.class, options);
    var _ = WorkflowClient.start(workflow::run, input);
  }

  private TaskBody body(Claim claim) {
    return json.readValue(claim.rows().getFirst().body(), TaskBody.class);
  }
}
