package dev.mainstay.sandbox.architecture.planted.onlysandboxandbenchmarkprint.activities;

final class BadSteps {

  void wrong() {
    System.out.println("done");
  }
}
