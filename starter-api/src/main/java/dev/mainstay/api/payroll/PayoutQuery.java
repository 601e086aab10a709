package dev.mainstay.api.payroll;

import io.swagger.v3.oas.annotations.Parameter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A filter of payouts; null fields do not filter. */
record PayoutQuery(
    @Parameter(description = "Only of this vendor") @Nullable UUID vendor,
    @Parameter(description = "Only of this run") @Nullable UUID run,
    @Parameter(description = "Only in this status") @Nullable Status status) {

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
