package dev.mainstay.api.payroll;

import io.swagger.v3.oas.annotations.Parameter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which payouts; what is null does not matter. */
record PayoutQuery(
    @Parameter(description = "Of this vendor") @Nullable UUID vendor,
    @Parameter(description = "Of this run") @Nullable UUID run,
    @Parameter(description = "In this status") @Nullable Status status) {

  /** The statuses of a payout, as a query spells them. */
  enum Status {
    frozen,
    paying,
    paid,
    carried,
    unknown,
    failed,
    cancelled
  }
}
