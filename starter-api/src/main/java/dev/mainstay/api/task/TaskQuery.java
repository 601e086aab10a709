package dev.mainstay.api.task;

import io.swagger.v3.oas.annotations.Parameter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which tasks; what is null does not matter. */
record TaskQuery(
    @Parameter(description = "For this customer") @Nullable UUID customer,
    @Parameter(description = "In this status") @Nullable Status status) {

  /** The statuses of a task, as a query spells them. */
  enum Status {
    pending,
    running,
    completed,
    failed,
    cancelled
  }
}
