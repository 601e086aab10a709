package dev.mainstay.worker.payroll;

import dev.mainstay.db.intake.IntakeKind;
import dev.mainstay.worker.module.Claim;
import dev.mainstay.worker.module.RunStarter;
import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.payroll.PayoutWorkflow;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** A run for each payout that failed, or of which it is not known whether it was paid. */
final class PayoutStarter implements RunStarter {

  private final WorkflowClient client;
  private final JsonMapper json;

  PayoutStarter(WorkflowClient client, JsonMapper json) {
    this.client = client;
    this.json = json;
  }

  @Override
  public IntakeKind kind() {
    return IntakeKind.PAYOUT;
  }

  @Override
  public WorkflowOptions options(Claim claim) {
    var payoutId = claim.rows().getFirst().businessId();
    return WorkflowOptions.newBuilder()
        .setWorkflowId(PayoutWorkflow.id(payoutId))
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
        .setTaskQueue(TaskQueues.PROCESSES)
        .setDisableEagerExecution(false)
        .setTypedSearchAttributes(
            io.temporal.common.SearchAttributes.newBuilder()
                .set(SearchAttributes.PROCESS, "payout")
                .set(SearchAttributes.SUBJECTS, List.of(payoutId.toString()))
                .build())
        .build();
  }

  @Override
  public void start(Claim claim, WorkflowOptions options) {
    Claim.Row row = claim.rows().getFirst();
    PayoutBody body = json.readValue(row.body(), PayoutBody.class);
    var input =
        new PayoutWorkflow.Input(
            row.businessId(),
            body.cadence(),
            body.periodStart(),
            body.amountMinor(),
            body.currency(),
            row.correlationId());
    PayoutWorkflow workflow = client.newWorkflowStub(PayoutWorkflow.class, options);
    var _ = WorkflowClient.start(workflow::run, input);
  }
}
