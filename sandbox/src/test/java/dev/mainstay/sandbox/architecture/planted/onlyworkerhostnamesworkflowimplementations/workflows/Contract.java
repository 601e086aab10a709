package dev.mainstay.sandbox.architecture.planted.onlyworkerhostnamesworkflowimplementations.workflows;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

@WorkflowInterface
public interface Contract {

  @WorkflowMethod
  void run();
}
