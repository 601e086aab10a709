package dev.mainstay.sandbox.architecture.planted.onlysandboxandbenchmarkprint.api;

final class BadController {

  void wrong() {
    System.err.println("refused");
  }
}
