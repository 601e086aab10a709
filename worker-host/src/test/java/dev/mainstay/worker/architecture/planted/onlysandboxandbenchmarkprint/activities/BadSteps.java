package dev.mainstay.worker.architecture.planted.onlysandboxandbenchmarkprint.activities;

final class BadSteps {

  void wrong() {
    System.out.println("done");
  }
}
