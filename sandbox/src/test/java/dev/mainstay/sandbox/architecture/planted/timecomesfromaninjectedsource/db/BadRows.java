package dev.mainstay.sandbox.architecture.planted.timecomesfromaninjectedsource.db;

final class BadRows {

  long wrong() {
    return System.currentTimeMillis();
  }
}
