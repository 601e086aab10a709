package dev.mainstay.worker.architecture.planted.workflowcodeisdeterministic.workflows;

final class BadEnvironment {

  String wrong() {
    return System.getenv("HOME");
  }
}
