package dev.mainstay.worker.notification;

import dev.mainstay.db.intake.IntakeKind;
import dev.mainstay.worker.module.Claim;
import dev.mainstay.worker.module.Lane;
import dev.mainstay.worker.module.RunStarter;
import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.notification.NotificationBatchWorkflow;
import dev.mainstay.workflows.notification.NotificationWorkflow;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** A run for an event of which somebody is to be told, or one for all that came together. */
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
  public Lane lane() {
    return Lane.MESSAGES;
  }

  @Override
  public int maxBatchSize() {
    return NotificationBatchWorkflow.MAX_BATCH_SIZE;
  }

  @Override
  public WorkflowOptions options(Claim claim) {
    List<Body> bodies = claim.rows().stream().map(this::body).toList();
    Body first = bodies.getFirst();
    return WorkflowOptions.newBuilder()
        .setWorkflowId(
            isAlone(claim)
                ? NotificationWorkflow.id(first.event(), first.subjectId())
                : NotificationBatchWorkflow.id(claim.id()))
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
        .setTaskQueue(TaskQueues.PROCESSES)
        .setDisableEagerExecution(false)
        .setTypedSearchAttributes(
            io.temporal.common.SearchAttributes.newBuilder()
                .set(SearchAttributes.PROCESS, NotificationWorkflow.NAME)
                .set(
                    SearchAttributes.SUBJECTS,
                    bodies.stream().map(body -> body.subjectId().toString()).distinct().toList())
                .build())
        .build();
  }

  @Override
  public void start(Claim claim, WorkflowOptions options) {
    if (isAlone(claim)) {
      startAlone(claim.rows().getFirst(), options);
    } else {
      var workflow = client.newWorkflowStub(NotificationBatchWorkflow.class, options);
      var input =
          new NotificationBatchWorkflow.Input(
              claim.rows().stream().map(Claim.Row::businessId).toList());
      var _ = WorkflowClient.start(workflow::run, input);
    }
  }

  private void startAlone(Claim.Row row, WorkflowOptions options) {
    Body body = body(row);
    var input =
        new NotificationWorkflow.Input(
            row.businessId(), body.event(), body.subjectId(), row.correlationId());
    NotificationWorkflow workflow = client.newWorkflowStub(NotificationWorkflow.class, options);
    var _ = WorkflowClient.start(workflow::run, input);
  }

  private static boolean isAlone(Claim claim) {
    return claim.rows().size() == 1;
  }

  private Body body(Claim.Row row) {
    return json.readValue(row.body(), Body.class);
  }
}
