package dev.mainstay.sandbox.architecture.planted.workflowcodeisdeterministic.workflows;

import java.security.SecureRandom;

final class BadSecret {

  SecureRandom wrong() {
    return new SecureRandom();
  }
}
