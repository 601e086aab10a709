package dev.mainstay.worker.observation;

import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.workflow.Workflow;

/** A run without a correlation id, such as one that a Schedule started, uses its own id. */
final class CorrelationScope extends WorkerInterceptorBase {

  @Override
  public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
    return new WorkflowInboundCallsInterceptorBase(next) {
      @Override
      public WorkflowOutput execute(WorkflowInput input) {
        if (Correlation.current() == null) {
          Correlation.set(Workflow.getInfo().getWorkflowId());
        }
        return super.execute(input);
      }
    };
  }
}
