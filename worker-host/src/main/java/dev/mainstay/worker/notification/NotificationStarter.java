package dev.mainstay.worker.notification;

import dev.mainstay.db.intake.IntakeKind;
import dev.mainstay.worker.module.Claim;
import dev.mainstay.worker.module.RunStarter;
import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.notification.NotificationWorkflow;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** A run for each event of which somebody is to be told. */
final class NotificationStarter implements RunStarter {

  private final WorkflowClient client;
  private final JsonMapper json;

  NotificationStarter(WorkflowClient client, JsonMapper json) {
    this.client = client;
    this.json = json;
  }

  /** As {@code announce} writes it. */
  private record Body(String event, UUID subjectId) {}

  @Override
  public IntakeKind kind() {
    return IntakeKind.NOTIFICATION;
  }

  @Override
  public WorkflowOptions options(Claim claim) {
    Body body = body(claim);
    return WorkflowOptions.newBuilder()
        .setWorkflowId(NotificationWorkflow.id(body.event(), body.subjectId()))
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
        .setTaskQueue(TaskQueues.PROCESSES)
        .setDisableEagerExecution(false)
        .setTypedSearchAttributes(
            io.temporal.common.SearchAttributes.newBuilder()
                .set(SearchAttributes.PROCESS, NotificationWorkflow.NAME)
                .set(SearchAttributes.SUBJECTS, List.of(body.subjectId().toString()))
                .build())
        .build();
  }

  @Override
  public void start(Claim claim, WorkflowOptions options) {
    Body body = body(claim);
    Claim.Row row = claim.rows().getFirst();
    var input =
        new NotificationWorkflow.Input(
            row.businessId(), body.event(), body.subjectId(), row.correlationId());
    NotificationWorkflow workflow = client.newWorkflowStub(NotificationWorkflow.class, options);
    var _ = WorkflowClient.start(workflow::run, input);
  }

  private Body body(Claim claim) {
    return json.readValue(claim.rows().getFirst().body(), Body.class);
  }
}
