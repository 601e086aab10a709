package dev.mainstay.sandbox.architecture.planted.workflowcodeisdeterministic.workflows;

import java.util.UUID;
import java.util.function.Supplier;

final class BadIdByReference {

  Supplier<UUID> wrong() {
    return UUID::randomUUID;
  }
}
