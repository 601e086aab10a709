package dev.mainstay.api.session;

import dev.mainstay.api.problem.FieldProblem;
import dev.mainstay.api.problem.Refusal;
import java.util.List;
import java.util.Locale;

/** Why a course session cannot be moved on, as the steps of R__session.sql say it. */
enum CourseSessionRejection {
  COMPLETED("The session was completed before"),
  CANCELLED("The session was cancelled before"),
  REFUNDED("The purchase was refunded"),
  PURCHASE_ENDED("The purchase has ended"),
  NOT_BEGUN("The session has not begun yet"),
  DELIVERED_IN_THE_FUTURE("/deliveredAt", "must not be in the future"),
  DELIVERED_BEFORE_ITS_BEGIN("/deliveredAt", "must not be before the session begins"),
  IN_THE_PAST("/startsAt", "must be in the future"),
  TRAINER_ON_HOLIDAY("The trainer is on holiday at that time"),
  OUTSIDE_HOURS("The trainer does not teach at that time"),
  TRAINER_TAKEN("The trainer has another session at that time"),
  STUDENT_HAS_ANOTHER("The student has another session of the course on that day");

  private final String field;
  private final String detail;

  CourseSessionRejection(String detail) {
    this("", detail);
  }

  CourseSessionRejection(String field, String detail) {
    this.field = field;
    this.detail = detail;
  }

  /** The obstacle that the database wrote as this text, as {@code trainer-taken}. */
  static CourseSessionRejection of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** 400 where a field is at fault, else 409. */
  Refusal refusal() {
    return field.isEmpty()
        ? Refusal.conflict("session-" + text(), detail)
        : Refusal.fields(List.of(new FieldProblem(field, detail)));
  }

  private String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
