package dev.mainstay.sandbox.architecture.planted.timecomesfromaninjectedsource.activities;

import java.time.Instant;

final class BadSteps {

  Instant wrong() {
    return Instant.now();
  }
}
