package dev.mainstay.worker.architecture.planted.workflowcodeisdeterministic.workflows;

final class BadThread {

  Thread wrong() {
    return Thread.currentThread();
  }
}
