package dev.mainstay.sandbox.architecture.planted.workflowcodeisdeterministic.workflows;

final class BadPrint {

  void wrong() {
    System.out.println("paid");
  }
}
