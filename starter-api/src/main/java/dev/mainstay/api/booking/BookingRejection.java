package dev.mainstay.api.booking;

import dev.mainstay.api.problem.FieldProblem;
import dev.mainstay.api.problem.Refusal;
import java.util.List;
import java.util.Locale;

/** Why a booking cannot be moved on, as the steps of R__booking.sql say it. */
enum BookingRejection {
  PAID("The booking was paid before, at another time"),
  COMPLETED("The booking was completed before"),
  CANCELLED("The booking was cancelled before"),
  PAID_IN_THE_FUTURE("/paidAt", "must not be in the future"),
  DELIVERED_IN_THE_FUTURE("/deliveredAt", "must not be in the future");

  private final String field;
  private final String detail;

  BookingRejection(String detail) {
    this("", detail);
  }

  BookingRejection(String field, String detail) {
    this.field = field;
    this.detail = detail;
  }

  /** The obstacle that the database wrote as this text, as {@code paid-in-the-future}. */
  static BookingRejection of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** 400 where a field is at fault, else 409. */
  Refusal refusal() {
    return field.isEmpty()
        ? Refusal.conflict("booking-" + text(), detail)
        : Refusal.fields(List.of(new FieldProblem(field, detail)));
  }

  private String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
