package dev.mainstay.sandbox.architecture.planted.workflowcodeisdeterministic.workflows;

final class BadNanos {

  long wrong() {
    return System.nanoTime();
  }
}
