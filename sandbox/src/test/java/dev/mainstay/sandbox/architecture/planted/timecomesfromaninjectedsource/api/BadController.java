package dev.mainstay.sandbox.architecture.planted.timecomesfromaninjectedsource.api;

import java.time.LocalDate;
import java.time.ZoneId;

final class BadController {

  LocalDate wrong(ZoneId zone) {
    return LocalDate.now(zone);
  }
}
