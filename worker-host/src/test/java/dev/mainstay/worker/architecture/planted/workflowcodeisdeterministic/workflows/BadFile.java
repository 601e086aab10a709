package dev.mainstay.worker.architecture.planted.workflowcodeisdeterministic.workflows;

import java.nio.file.Path;

final class BadFile {

  Path wrong() {
    return Path.of("input");
  }
}
