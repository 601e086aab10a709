package dev.mainstay.api.booking;

import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.problem.Rejection;

/** Why the status of a booking cannot be changed: what the functions of R__booking.sql return. */
enum BookingRejection implements Rejection {
  PAID,
  COMPLETED,
  CANCELLED,
  PAID_IN_THE_FUTURE,
  PAYMENT_TAKEN_OTHERWISE,
  DELIVERED_IN_THE_FUTURE;

  @Override
  public Refusal refusal() {
    return switch (this) {
      case PAID ->
          Refusal.conflict(
              "booking-paid", "The booking was paid before, at another time or by another payment");
      case COMPLETED -> Refusal.conflict("booking-completed", "The booking was completed before");
      case CANCELLED -> Refusal.conflict("booking-cancelled", "The booking was cancelled before");
      case PAID_IN_THE_FUTURE -> Refusal.field("/paidAt", "must not be in the future");
      case PAYMENT_TAKEN_OTHERWISE ->
          Refusal.conflict(
              "payment-taken-otherwise", "The payment was taken in before, for something else");
      case DELIVERED_IN_THE_FUTURE -> Refusal.field("/deliveredAt", "must not be in the future");
    };
  }
}
