package dev.mainstay.worker.architecture.planted.workflowcodeisdeterministic.workflows;

final class BadMillis {

  long wrong() {
    return System.currentTimeMillis();
  }
}
