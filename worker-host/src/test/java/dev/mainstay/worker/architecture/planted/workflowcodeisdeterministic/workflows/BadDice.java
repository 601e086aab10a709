package dev.mainstay.worker.architecture.planted.workflowcodeisdeterministic.workflows;

import java.util.Random;

final class BadDice {

  Random wrong() {
    return new Random();
  }
}
