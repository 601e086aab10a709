package dev.mainstay.api.session;

import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.problem.Rejection;

/** Why a course session cannot be changed: what the functions of R__session.sql return. */
enum CourseSessionRejection implements Rejection {
  COMPLETED,
  CANCELLED,
  REFUNDED,
  PURCHASE_ENDED,
  NOT_BEGUN,
  DELIVERED_IN_THE_FUTURE,
  DELIVERED_BEFORE_ITS_BEGIN,
  IN_THE_PAST,
  TRAINER_ON_HOLIDAY,
  OUTSIDE_HOURS,
  TRAINER_TAKEN,
  STUDENT_HAS_ANOTHER;

  @Override
  public Refusal refusal() {
    return switch (this) {
      case COMPLETED -> Refusal.conflict("session-completed", "The session was completed before");
      case CANCELLED -> Refusal.conflict("session-cancelled", "The session was cancelled before");
      case REFUNDED -> Refusal.conflict("session-refunded", "The purchase was refunded");
      case PURCHASE_ENDED -> Refusal.conflict("session-purchase-ended", "The purchase has ended");
      case NOT_BEGUN -> Refusal.conflict("session-not-begun", "The session has not begun yet");
      case DELIVERED_IN_THE_FUTURE -> Refusal.field("/deliveredAt", "must not be in the future");
      case DELIVERED_BEFORE_ITS_BEGIN ->
          Refusal.field("/deliveredAt", "must not be before the session begins");
      case IN_THE_PAST -> Refusal.field("/startsAt", "must be in the future");
      case TRAINER_ON_HOLIDAY ->
          Refusal.conflict("session-trainer-on-holiday", "The trainer is on holiday at that time");
      case OUTSIDE_HOURS ->
          Refusal.conflict("session-outside-hours", "The trainer does not teach at that time");
      case TRAINER_TAKEN ->
          Refusal.conflict("session-trainer-taken", "The trainer has another session at that time");
      case STUDENT_HAS_ANOTHER ->
          Refusal.conflict(
              "session-student-has-another",
              "The student has another session of the course on that day");
    };
  }
}
