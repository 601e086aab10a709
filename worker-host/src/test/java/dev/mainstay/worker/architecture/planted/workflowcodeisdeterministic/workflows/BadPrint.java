package dev.mainstay.worker.architecture.planted.workflowcodeisdeterministic.workflows;

final class BadPrint {

  void wrong() {
    System.out.println("paid");
  }
}
