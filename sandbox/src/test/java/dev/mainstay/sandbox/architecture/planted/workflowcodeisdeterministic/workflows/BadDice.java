package dev.mainstay.sandbox.architecture.planted.workflowcodeisdeterministic.workflows;

import java.util.Random;

final class BadDice {

  Random wrong() {
    return new Random();
  }
}
