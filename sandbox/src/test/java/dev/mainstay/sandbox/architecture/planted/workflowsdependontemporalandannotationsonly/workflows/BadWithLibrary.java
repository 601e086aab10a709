package dev.mainstay.sandbox.architecture.planted.workflowsdependontemporalandannotationsonly.workflows;

import org.assertj.core.api.Assertions;

final class BadWithLibrary {

  void check() {
    Assertions.fail("a library");
  }
}
