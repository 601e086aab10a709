package dev.mainstay.worker.architecture.planted.timecomesfromaninjectedsource.db;

final class BadRows {

  long wrong() {
    return System.currentTimeMillis();
  }
}
