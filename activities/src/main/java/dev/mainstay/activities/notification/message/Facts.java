package dev.mainstay.activities.notification.message;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a message. The names of the components are the names of the words' variables, and of
 * the fields in which {@code message_facts} returns them.
 */
sealed interface Facts {

  /** A letter that says all it has to say by itself, or by its button. */
  record None() implements Facts {}

  /**
   * To the customer who booked.
   *
   * @param subject for whom or what
   * @param due until when it is to be paid; null where that is not asked, or it is paid
   */
  record Booked(
      String service,
      @Nullable String subject,
      String vendor,
      @Nullable String place,
      ZonedMoment when,
      Money price,
      @Nullable ZonedMoment due)
      implements Facts {}

  /** To the vendor who was booked. */
  record NewBooking(
      String service,
      @Nullable String subject,
      String customer,
      @Nullable String place,
      ZonedMoment when,
      Money price)
      implements Facts {}

  /** To the customer whose booking is off, or is to come. */
  record Appointment(
      String service,
      @Nullable String subject,
      String vendor,
      @Nullable String place,
      ZonedMoment when)
      implements Facts {}

  /** To the vendor whose booking is off. */
  record LostBooking(
      String service,
      @Nullable String subject,
      String customer,
      @Nullable String place,
      ZonedMoment when)
      implements Facts {}

  /** A booking that was paid. */
  record BookingPaid(String service, String vendor, ZonedMoment when, Money price)
      implements Facts {}

  /** A booking that is to be paid. */
  record PaymentDue(
      String service,
      @Nullable String subject,
      String vendor,
      ZonedMoment when,
      Money price,
      ZonedMoment due)
      implements Facts {}

  /** A purchase that was paid. */
  record PurchasePaid(String course, Money price, String invoice) implements Facts {}

  /**
   * A purchase.
   *
   * @param lessons how many course sessions it has
   */
  record Purchased(String course, int lessons) implements Facts {}

  /** The course sessions of a purchase that are planned. */
  record Planned(String course, String trainer, List<Session> sessions) implements Facts {}

  /** A planned course session. */
  record Session(ZonedMoment when) {}

  /** A course, and nothing else to say of it. */
  record OfCourse(String course) implements Facts {}

  /**
   * Money that went back.
   *
   * @param refunded all of it so far
   */
  record Refunded(String course, Money refunded) implements Facts {}

  /** To the trainer of a new student. */
  record NewStudent(String student, String course, List<Session> sessions) implements Facts {}

  /** To the trainer of a student who has gone. */
  record StudentGone(String student, String course) implements Facts {}

  /** A course session that is to come. */
  record Lesson(String course, String trainer, ZonedMoment when) implements Facts {}

  /**
   * A payout.
   *
   * @param to the last day of the period
   */
  record Payout(LocalDate from, LocalDate to, Money paid) implements Facts {}

  /** A payout account that replaced another one. */
  record AccountChange(ZonedMoment changed) implements Facts {}

  /** The products of which a store runs short. */
  record Stock(String store, List<Product> products) implements Facts {}

  /** A product at or below its reorder level. */
  record Product(String product, String sku, long onHand, long reorderLevel) {}
}
