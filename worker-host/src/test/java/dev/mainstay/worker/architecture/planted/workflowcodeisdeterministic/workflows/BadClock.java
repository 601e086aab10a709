package dev.mainstay.worker.architecture.planted.workflowcodeisdeterministic.workflows;

import java.time.Instant;

final class BadClock {

  Instant wrong() {
    return Instant.now();
  }
}
