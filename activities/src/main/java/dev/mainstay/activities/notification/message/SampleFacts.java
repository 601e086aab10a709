package dev.mainstay.activities.notification.message;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;

/** Facts to look at a letter with, none of them lacking. */
final class SampleFacts {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZonedMoment MONDAY = when("2026-11-23T09:00:00Z");
  private static final ZonedMoment THE_DAY_BEFORE = when("2026-11-22T17:00:00Z");
  private static final Money PRICE = new Money(4_550, Currency.getInstance("EUR"));

  private static final String WALK = "Dog walk";
  private static final String PET = "Rex";
  private static final String WALKER = "Paws & Co.";
  private static final String PARK = "Lindenallee 7";
  private static final String STUDENT = "Ada Lovelace";
  private static final String TRAINER = "Grace Hopper";
  private static final String COURSE = "Piano for beginners";

  private SampleFacts() {}

  static Facts of(MessageTemplate template) {
    return switch (template) {
      case BOOKING_CONFIRMED ->
          new Facts.Booked(WALK, PET, WALKER, PARK, MONDAY, PRICE, THE_DAY_BEFORE);
      case BOOKING_CONFIRMED_TO_VENDOR ->
          new Facts.NewBooking(WALK, PET, STUDENT, PARK, MONDAY, PRICE);
      case BOOKING_CANCELLED, APPOINTMENT_TOMORROW ->
          new Facts.Appointment(WALK, PET, WALKER, PARK, MONDAY);
      case BOOKING_CANCELLED_TO_VENDOR -> new Facts.LostBooking(WALK, PET, STUDENT, PARK, MONDAY);
      case PAYMENT_RECEIVED_FOR_BOOKING -> new Facts.BookingPaid(WALK, WALKER, MONDAY, PRICE);
      case PAYMENT_RECEIVED_FOR_PURCHASE -> new Facts.PurchasePaid(COURSE, PRICE, "1042");
      case PURCHASE_CONFIRMED -> new Facts.Purchased(COURSE, 20);
      case SESSIONS_PLANNED -> new Facts.Planned(COURSE, TRAINER, sessions());
      case NO_TRAINER_YET -> new Facts.OfCourse(COURSE);
      case PURCHASE_REFUNDED -> new Facts.Refunded(COURSE, PRICE);
      case NEW_STUDENT -> new Facts.NewStudent(STUDENT, COURSE, sessions());
      case STUDENT_GONE -> new Facts.StudentGone(STUDENT, COURSE);
      case PAYMENT_DUE_SOON, PAYMENT_OVERDUE ->
          new Facts.PaymentDue(WALK, PET, WALKER, MONDAY, PRICE, THE_DAY_BEFORE);
      case LESSON_TOMORROW -> new Facts.Lesson(COURSE, TRAINER, MONDAY);
      case PAYOUT_RECEIPT ->
          new Facts.Payout(LocalDate.parse("2026-11-16"), LocalDate.parse("2026-11-22"), PRICE);
      case PAYOUT_ACCOUNT_CHANGED -> new Facts.AccountChange(MONDAY);
      case STOCK_ALERT ->
          new Facts.Stock(
              "Harbour",
              List.of(
                  new Facts.Product("Leash", "L-200", 3, 10),
                  new Facts.Product("Bowl", "B-7", 0, 5)));
      case ACCOUNT_INVITE, WELCOME, PASSWORD_RESET, YOUR_DATA, YOUR_REPORT -> new Facts.None();
    };
  }

  private static List<Facts.Session> sessions() {
    return IntStream.range(0, 5)
        .mapToObj(day -> new Facts.Session(when("2026-11-%dT09:00:00Z".formatted(23 + day))))
        .toList();
  }

  private static ZonedMoment when(String at) {
    return new ZonedMoment(Instant.parse(at), BERLIN);
  }
}
