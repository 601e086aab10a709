package dev.mainstay.worker.purchase;

import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowOptions;
import java.util.List;

/** What all runs of purchases have in common. */
final class PurchaseRun {

  private PurchaseRun() {}

  static WorkflowOptions options(String workflowId, List<String> paymentIds) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(workflowId)
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
        .setTaskQueue(TaskQueues.PROCESSES)
        .setDisableEagerExecution(false)
        .setTypedSearchAttributes(
            io.temporal.common.SearchAttributes.newBuilder()
                .set(SearchAttributes.PROCESS, "purchase")
                .set(SearchAttributes.SUBJECTS, paymentIds)
                .build())
        .build();
  }
}
