package dev.mainstay.worker.architecture.planted.onlysandboxandbenchmarkprint.api;

final class BadController {

  void wrong() {
    System.err.println("refused");
  }
}
