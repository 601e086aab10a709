package dev.mainstay.api.booking;

import io.swagger.v3.oas.annotations.Parameter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which bookings; what is null does not matter. */
record BookingQuery(
    @Parameter(description = "Of this customer") @Nullable UUID customer,
    @Parameter(description = "Of this vendor") @Nullable UUID vendor,
    @Parameter(description = "In this status") @Nullable Status status) {

  /** The statuses of a booking, as a query spells them. */
  enum Status {
    open,
    paid,
    completed,
    cancelled
  }
}
