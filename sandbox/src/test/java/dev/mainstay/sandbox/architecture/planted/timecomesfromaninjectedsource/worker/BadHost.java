package dev.mainstay.sandbox.architecture.planted.timecomesfromaninjectedsource.worker;

import java.time.Clock;

final class BadHost {

  Clock wrong() {
    return Clock.systemUTC();
  }
}
