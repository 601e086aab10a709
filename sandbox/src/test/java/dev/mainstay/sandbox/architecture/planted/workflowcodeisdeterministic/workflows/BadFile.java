package dev.mainstay.sandbox.architecture.planted.workflowcodeisdeterministic.workflows;

import java.nio.file.Path;

final class BadFile {

  Path wrong() {
    return Path.of("input");
  }
}
