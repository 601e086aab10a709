package dev.mainstay.worker.architecture.planted.workflowcodeisdeterministic.workflows;

final class BadChance {

  double wrong() {
    return Math.random();
  }
}
