package dev.mainstay.sandbox.architecture.planted.workflowcodeisdeterministic.workflows;

final class BadMillis {

  long wrong() {
    return System.currentTimeMillis();
  }
}
