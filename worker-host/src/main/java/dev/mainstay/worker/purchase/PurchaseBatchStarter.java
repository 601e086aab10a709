package dev.mainstay.worker.purchase;

import dev.mainstay.db.intake.IntakeKind;
import dev.mainstay.worker.module.Claim;
import dev.mainstay.worker.module.RunStarter;
import dev.mainstay.workflows.purchase.PurchaseBatchWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import tools.jackson.databind.json.JsonMapper;

/** One run for all the purchases of a claim. */
final class PurchaseBatchStarter implements RunStarter {

  private final WorkflowClient client;
  private final JsonMapper json;
  private final int most;

  PurchaseBatchStarter(WorkflowClient client, JsonMapper json, int most) {
    this.client = client;
    this.json = json;
    this.most = most;
  }

  @Override
  public IntakeKind kind() {
    return IntakeKind.PURCHASE;
  }

  @Override
  public int maxBatchSize() {
    return most;
  }

  @Override
  public WorkflowOptions options(Claim claim) {
    return PurchaseRun.options(
        PurchaseBatchWorkflow.id(claim.id()),
        claim.rows().stream()
            .map(row -> json.readValue(row.body(), PurchaseBody.class).providerPaymentId())
            .toList());
  }

  @Override
  public void start(Claim claim, WorkflowOptions options) {
    PurchaseBatchWorkflow workflow = client.newWorkflowStub(PurchaseBatchWorkflow.class, options);
    var input =
        new PurchaseBatchWorkflow.Input(claim.rows().stream().map(Claim.Row::businessId).toList());
    var _ = WorkflowClient.start(workflow::run, input);
  }
}
