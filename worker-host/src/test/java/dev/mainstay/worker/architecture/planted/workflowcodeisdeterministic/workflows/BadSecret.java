package dev.mainstay.worker.architecture.planted.workflowcodeisdeterministic.workflows;

import java.security.SecureRandom;

final class BadSecret {

  SecureRandom wrong() {
    return new SecureRandom();
  }
}
