package dev.mainstay.worker.purchase;

import dev.mainstay.db.intake.IntakeKind;
import dev.mainstay.worker.module.Claim;
import dev.mainstay.worker.module.RunStarter;
import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.purchase.TrainerFreeWorkflow;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** A run that tells those who wait that a trainer is free. */
final class TrainerFreeStarter implements RunStarter {

  private final WorkflowClient client;
  private final JsonMapper json;

  TrainerFreeStarter(WorkflowClient client, JsonMapper json) {
    this.client = client;
    this.json = json;
  }

  private record Body(UUID trainerId) {}

  @Override
  public IntakeKind kind() {
    return IntakeKind.TRAINER_FREE;
  }

  @Override
  public WorkflowOptions options(Claim claim) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(TrainerFreeWorkflow.id(claim.rows().getFirst().businessId()))
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
        .setTaskQueue(TaskQueues.PROCESSES)
        .setDisableEagerExecution(false)
        .setTypedSearchAttributes(
            io.temporal.common.SearchAttributes.newBuilder()
                .set(SearchAttributes.PROCESS, "trainer-free")
                .set(SearchAttributes.SUBJECTS, List.of(trainer(claim).toString()))
                .build())
        .build();
  }

  @Override
  public void start(Claim claim, WorkflowOptions options) {
    TrainerFreeWorkflow workflow = client.newWorkflowStub(TrainerFreeWorkflow.class, options);
    var input = new TrainerFreeWorkflow.Input(claim.rows().getFirst().businessId(), trainer(claim));
    var _ = WorkflowClient.start(workflow::run, input);
  }

  private UUID trainer(Claim claim) {
    return json.readValue(claim.rows().getFirst().body(), Body.class).trainerId();
  }
}
