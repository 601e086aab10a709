package dev.mainstay.sandbox.architecture.planted.workflowcodeisdeterministic.workflows;

final class BadEnvironment {

  String wrong() {
    return System.getenv("HOME");
  }
}
