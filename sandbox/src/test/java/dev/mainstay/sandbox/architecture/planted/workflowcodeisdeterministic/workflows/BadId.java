package dev.mainstay.sandbox.architecture.planted.workflowcodeisdeterministic.workflows;

import java.util.UUID;

final class BadId {

  UUID wrong() {
    return UUID.randomUUID();
  }
}
