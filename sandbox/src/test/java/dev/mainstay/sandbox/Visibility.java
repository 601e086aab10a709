package dev.mainstay.sandbox;

import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.List;

/** Temporal's list of runs, as its Web UI and its CLI query it. */
record Visibility(WorkflowServiceStubs temporal) implements AutoCloseable {

  static Visibility of(Status status) {
    return new Visibility(
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(status.temporalAddress()).build()));
  }

  /** The ids of the runs that are about a payment. */
  List<String> runsAbout(String paymentId) {
    return temporal
        .blockingStub()
        .listWorkflowExecutions(
            ListWorkflowExecutionsRequest.newBuilder()
                .setNamespace("default")
                .setQuery("Subjects = '%s'".formatted(paymentId))
                .build())
        .getExecutionsList()
        .stream()
        .map(run -> run.getExecution().getWorkflowId())
        .toList();
  }

  @Override
  public void close() {
    temporal.shutdownNow();
  }
}
