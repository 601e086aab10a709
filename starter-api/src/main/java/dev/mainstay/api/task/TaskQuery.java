package dev.mainstay.api.task;

import io.swagger.v3.oas.annotations.Parameter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A filter of tasks; null fields do not filter. */
record TaskQuery(
    @Parameter(description = "Only for this customer") @Nullable UUID customer,
    @Parameter(description = "Only in this status") @Nullable Status status) {

  /** The statuses of a task, as a query spells them. */
  enum Status {
    pending,
    running,
    completed,
    failed,
    cancelled
  }
}
