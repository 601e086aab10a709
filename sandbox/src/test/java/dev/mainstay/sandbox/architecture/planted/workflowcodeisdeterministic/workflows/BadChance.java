package dev.mainstay.sandbox.architecture.planted.workflowcodeisdeterministic.workflows;

final class BadChance {

  double wrong() {
    return Math.random();
  }
}
