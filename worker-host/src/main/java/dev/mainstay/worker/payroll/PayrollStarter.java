package dev.mainstay.worker.payroll;

import dev.mainstay.db.intake.IntakeKind;
import dev.mainstay.worker.module.Claim;
import dev.mainstay.worker.module.RunStarter;
import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.payroll.PayrollWorkflow;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts the run of a period, or wakes the one that there is (Temporal's <i>Signal with Start</i>):
 * a request, an approval and a cancellation are all rows, so that none is lost while Temporal is
 * away. A period that is asked for once more only starts a run that was lost.
 */
final class PayrollStarter implements RunStarter {

  private final WorkflowClient client;
  private final JsonMapper json;

  PayrollStarter(WorkflowClient client, JsonMapper json) {
    this.client = client;
    this.json = json;
  }

  @Override
  public IntakeKind kind() {
    return IntakeKind.PAYROLL;
  }

  @Override
  public WorkflowOptions options(Claim claim) {
    PayrollBody body = body(claim);
    return WorkflowOptions.newBuilder()
        .setWorkflowId(PayrollWorkflow.id(body.cadence(), body.periodStart()))
        // a run that was cancelled can be asked for again, and one that was lost goes on
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
        .setTaskQueue(TaskQueues.PROCESSES)
        .setTypedSearchAttributes(
            io.temporal.common.SearchAttributes.newBuilder()
                .set(SearchAttributes.PROCESS, PayrollWorkflow.NAME)
                .set(SearchAttributes.SUBJECTS, List.of(body.runId().toString()))
                .build())
        .build();
  }

  @Override
  public void start(Claim claim, WorkflowOptions options) {
    var input =
        new PayrollWorkflow.Input(
            body(claim).runId(), claim.rows().getFirst().correlationId(), null);
    PayrollWorkflow workflow = client.newWorkflowStub(PayrollWorkflow.class, options);
    if (!body(claim).wakes()) {
      var _ = WorkflowClient.start(workflow::run, input);
      return;
    }
    var request = client.newSignalWithStartRequest();
    request.add(workflow::run, input);
    request.add(workflow::wake);
    client.signalWithStart(request);
  }

  private PayrollBody body(Claim claim) {
    return json.readValue(claim.rows().getFirst().body(), PayrollBody.class);
  }
}
