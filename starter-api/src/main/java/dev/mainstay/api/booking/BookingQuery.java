package dev.mainstay.api.booking;

import io.swagger.v3.oas.annotations.Parameter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A filter of bookings; null fields do not filter. */
record BookingQuery(
    @Parameter(description = "Only of this customer") @Nullable UUID customer,
    @Parameter(description = "Only of this vendor") @Nullable UUID vendor,
    @Parameter(description = "Only in this status") @Nullable Status status) {

  /** The statuses of a booking, as a query spells them. */
  enum Status {
    open,
    paid,
    completed,
    cancelled
  }
}
