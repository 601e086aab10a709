package dev.mainstay.worker.architecture.planted.timecomesfromaninjectedsource.worker;

import java.time.Clock;

final class BadHost {

  Clock wrong() {
    return Clock.systemUTC();
  }
}
