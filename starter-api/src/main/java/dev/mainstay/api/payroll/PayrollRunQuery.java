package dev.mainstay.api.payroll;

import io.swagger.v3.oas.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A filter of runs; null fields do not filter. */
record PayrollRunQuery(
    @Parameter(description = "Only runs of this cadence") @Nullable Name cadence,
    @Parameter(description = "Only in this status") @Nullable Status status) {

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
