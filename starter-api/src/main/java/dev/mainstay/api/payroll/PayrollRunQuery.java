package dev.mainstay.api.payroll;

import io.swagger.v3.oas.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Which runs; what is null does not matter. */
record PayrollRunQuery(
    @Parameter(description = "Of this cadence") @Nullable Name cadence,
    @Parameter(description = "In this status") @Nullable Status status) {

  /** The cadences, as a query spells them. */
  enum Name {
    weekly,
    monthly
  }

  /** The statuses of a run, as a query spells them; underscores for hyphens. */
  enum Status {
    awaiting_approval,
    freezing,
    frozen,
    paying,
    paused,
    completed,
    cancelled;

    String text() {
      return name().replace('_', '-');
    }
  }
}
