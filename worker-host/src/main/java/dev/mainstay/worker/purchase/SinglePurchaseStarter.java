package dev.mainstay.worker.purchase;

import dev.mainstay.db.intake.IntakeKind;
import dev.mainstay.worker.module.Claim;
import dev.mainstay.worker.module.RunStarter;
import dev.mainstay.workflows.purchase.PurchaseWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** A run of its own for a purchase that was split off. */
final class SinglePurchaseStarter implements RunStarter {

  private final WorkflowClient client;
  private final JsonMapper json;

  SinglePurchaseStarter(WorkflowClient client, JsonMapper json) {
    this.client = client;
    this.json = json;
  }

  @Override
  public IntakeKind kind() {
    return IntakeKind.PURCHASE_ALONE;
  }

  @Override
  public WorkflowOptions options(Claim claim) {
    PurchaseBody body = body(claim);
    return PurchaseRun.options(
        PurchaseWorkflow.id(body.provider(), body.providerPaymentId()),
        List.of(body.providerPaymentId()));
  }

  @Override
  public void start(Claim claim, WorkflowOptions options) {
    PurchaseBody body = body(claim);
    Claim.Row row = claim.rows().getFirst();
    PurchaseWorkflow workflow = client.newWorkflowStub(PurchaseWorkflow.class, options);
    var input =
        new PurchaseWorkflow.Input(
            row.businessId(), body.amountMinor(), body.currency(), row.correlationId());
    var _ = WorkflowClient.start(workflow::run, input);
  }

  private PurchaseBody body(Claim claim) {
    return json.readValue(claim.rows().getFirst().body(), PurchaseBody.class);
  }
}
