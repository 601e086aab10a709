package dev.mainstay.worker.architecture.planted.workflowcodeisdeterministic.workflows;

final class BadNanos {

  long wrong() {
    return System.nanoTime();
  }
}
