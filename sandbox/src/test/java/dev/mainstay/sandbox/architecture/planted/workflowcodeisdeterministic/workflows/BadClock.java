package dev.mainstay.sandbox.architecture.planted.workflowcodeisdeterministic.workflows;

import java.time.Instant;

final class BadClock {

  Instant wrong() {
    return Instant.now();
  }
}
