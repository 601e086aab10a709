package dev.mainstay.sandbox.architecture.planted.workflowcodeisdeterministic.workflows;

final class BadThread {

  Thread wrong() {
    return Thread.currentThread();
  }
}
