package dev.mainstay.worker.refund;

import static java.util.Objects.requireNonNullElse;

import dev.mainstay.db.intake.IntakeKind;
import dev.mainstay.worker.module.Claim;
import dev.mainstay.worker.module.RunStarter;
import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.refund.RefundWorkflow;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** A run for each refund. */
final class RefundStarter implements RunStarter {

  private final WorkflowClient client;
  private final JsonMapper json;

  RefundStarter(WorkflowClient client, JsonMapper json) {
    this.client = client;
    this.json = json;
  }

  @Override
  public IntakeKind kind() {
    return IntakeKind.REFUND;
  }

  @Override
  public WorkflowOptions options(Claim claim) {
    RefundBody body = body(claim);
    String id =
        body.requestId() == null
            ? RefundWorkflow.id(body.provider(), body.providerPaymentId(), body.amountMinor())
            : RefundWorkflow.id(body.provider(), body.providerPaymentId(), body.requestId());
    return WorkflowOptions.newBuilder()
        .setWorkflowId(id)
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
        .setTaskQueue(TaskQueues.PROCESSES)
        .setDisableEagerExecution(false)
        .setTypedSearchAttributes(
            io.temporal.common.SearchAttributes.newBuilder()
                .set(SearchAttributes.PROCESS, "refund")
                .set(SearchAttributes.SUBJECTS, List.of(body.providerPaymentId()))
                .build())
        .build();
  }

  @Override
  public void start(Claim claim, WorkflowOptions options) {
    RefundBody body = body(claim);
    Claim.Row row = claim.rows().getFirst();
    var input =
        new RefundWorkflow.Input(
            body.provider(),
            body.providerPaymentId(),
            requireNonNullElse(body.purchaseId(), row.businessId()),
            body.requestId(),
            body.amountMinor(),
            body.currency(),
            row.correlationId());
    RefundWorkflow workflow = client.newWorkflowStub(RefundWorkflow.class, options);
    var _ = WorkflowClient.start(workflow::run, input);
  }

  private RefundBody body(Claim claim) {
    return json.readValue(claim.rows().getFirst().body(), RefundBody.class);
  }
}
