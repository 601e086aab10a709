package dev.mainstay.activities.notification.message;

import static dev.mainstay.activities.notification.message.MessageTemplate.About.BOOKING;
import static dev.mainstay.activities.notification.message.MessageTemplate.About.PAYOUT;
import static dev.mainstay.activities.notification.message.MessageTemplate.About.PAYOUT_ACCOUNT;
import static dev.mainstay.activities.notification.message.MessageTemplate.About.PERSON;
import static dev.mainstay.activities.notification.message.MessageTemplate.About.PURCHASE;
import static dev.mainstay.activities.notification.message.MessageTemplate.About.SESSION;
import static dev.mainstay.activities.notification.message.MessageTemplate.About.STOCK;
import static dev.mainstay.activities.notification.message.MessageTemplate.Reader.CUSTOMER;
import static dev.mainstay.activities.notification.message.MessageTemplate.Reader.STORE;
import static dev.mainstay.activities.notification.message.MessageTemplate.Reader.VENDOR;
import static dev.mainstay.workflows.notification.Channel.EMAIL;
import static dev.mainstay.workflows.notification.Channel.PUSH;
import static dev.mainstay.workflows.notification.Channel.SMS;

import dev.mainstay.workflows.notification.Channel;
import dev.mainstay.workflows.notification.MessageKind;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All templates. Most kinds of message have one; a kind has another where another reader or subject
 * needs other words. The bundles hold its words under its own name.
 */
enum MessageTemplate {
  BOOKING_CONFIRMED(
      MessageKind.BOOKING_CONFIRMED, CUSTOMER, BOOKING, Facts.Booked.class, EMAIL, SMS, PUSH),
  BOOKING_CONFIRMED_TO_VENDOR(
      MessageKind.BOOKING_CONFIRMED, VENDOR, BOOKING, Facts.NewBooking.class, EMAIL),
  BOOKING_CANCELLED(
      MessageKind.BOOKING_CANCELLED, CUSTOMER, BOOKING, Facts.Appointment.class, EMAIL, SMS, PUSH),
  BOOKING_CANCELLED_TO_VENDOR(
      MessageKind.BOOKING_CANCELLED, VENDOR, BOOKING, Facts.LostBooking.class, EMAIL),
  PAYMENT_RECEIVED_FOR_BOOKING(
      MessageKind.PAYMENT_RECEIVED, CUSTOMER, BOOKING, Facts.BookingPaid.class, EMAIL),
  PAYMENT_RECEIVED_FOR_PURCHASE(
      MessageKind.PAYMENT_RECEIVED, CUSTOMER, PURCHASE, Facts.PurchasePaid.class, EMAIL),
  PURCHASE_CONFIRMED(
      MessageKind.PURCHASE_CONFIRMED, CUSTOMER, PURCHASE, Facts.Purchased.class, EMAIL, PUSH),
  SESSIONS_PLANNED(
      MessageKind.SESSIONS_PLANNED, CUSTOMER, PURCHASE, Facts.Planned.class, EMAIL, PUSH),
  NO_TRAINER_YET(MessageKind.NO_TRAINER_YET, CUSTOMER, PURCHASE, Facts.OfCourse.class, EMAIL, PUSH),
  PURCHASE_REFUNDED(
      MessageKind.PURCHASE_REFUNDED, CUSTOMER, PURCHASE, Facts.Refunded.class, EMAIL, PUSH),
  NEW_STUDENT(MessageKind.NEW_STUDENT, VENDOR, PURCHASE, Facts.NewStudent.class, EMAIL, PUSH),
  STUDENT_GONE(MessageKind.STUDENT_GONE, VENDOR, PURCHASE, Facts.StudentGone.class, EMAIL, PUSH),
  PAYMENT_DUE_SOON(
      MessageKind.PAYMENT_DUE_SOON, CUSTOMER, BOOKING, Facts.PaymentDue.class, EMAIL, SMS),
  PAYMENT_OVERDUE(
      MessageKind.PAYMENT_OVERDUE, CUSTOMER, BOOKING, Facts.PaymentDue.class, EMAIL, SMS),
  APPOINTMENT_TOMORROW(
      MessageKind.APPOINTMENT_TOMORROW,
      CUSTOMER,
      BOOKING,
      Facts.Appointment.class,
      EMAIL,
      SMS,
      PUSH),
  LESSON_TOMORROW(
      MessageKind.APPOINTMENT_TOMORROW, CUSTOMER, SESSION, Facts.Lesson.class, EMAIL, SMS, PUSH),
  PAYOUT_RECEIPT(MessageKind.PAYOUT_RECEIPT, VENDOR, PAYOUT, Facts.Payout.class, EMAIL),
  PAYOUT_ACCOUNT_CHANGED(
      MessageKind.PAYOUT_ACCOUNT_CHANGED, VENDOR, PAYOUT_ACCOUNT, Facts.AccountChange.class, EMAIL),
  STOCK_ALERT(MessageKind.STOCK_ALERT, STORE, STOCK, Facts.Stock.class, EMAIL),
  ACCOUNT_INVITE(MessageKind.ACCOUNT_INVITE, Link.INVITE),
  WELCOME(MessageKind.WELCOME, null),
  PASSWORD_RESET(MessageKind.PASSWORD_RESET, Link.PASSWORD_RESET),
  YOUR_DATA(MessageKind.YOUR_DATA, Link.DOWNLOAD),
  YOUR_REPORT(MessageKind.YOUR_REPORT, Link.DOWNLOAD);

  private static final Set<MessageKind> REMINDERS =
      Collections.unmodifiableSet(
          EnumSet.of(
              MessageKind.PAYMENT_DUE_SOON,
              MessageKind.PAYMENT_OVERDUE,
              MessageKind.APPOINTMENT_TOMORROW));

  private final MessageKind kind;
  private final Reader reader;
  private final About about;
  private final Class<? extends Facts> facts;
  private final @Nullable Link link;

  @SuppressWarnings("ImmutableEnumChecker") // nobody can change it
  private final Set<Channel> channels;

  /** Tells facts. */
  MessageTemplate(
      MessageKind kind,
      Reader reader,
      About about,
      Class<? extends Facts> facts,
      Channel first,
      Channel... others) {
    this.kind = kind;
    this.reader = reader;
    this.about = about;
    this.facts = facts;
    this.link = null;
    this.channels = Collections.unmodifiableSet(EnumSet.of(first, others));
  }

  /** A message to a customer by e-mail that needs no facts. */
  MessageTemplate(MessageKind kind, @Nullable Link link) {
    this.kind = kind;
    this.reader = CUSTOMER;
    this.about = PERSON;
    this.facts = Facts.None.class;
    this.link = link;
    this.channels = Collections.unmodifiableSet(EnumSet.of(EMAIL));
  }

  /** The target of a message's button. */
  enum Link {
    INVITE,
    PASSWORD_RESET,
    DOWNLOAD
  }

  /** The kind of reader. */
  enum Reader {
    CUSTOMER,
    VENDOR,
    STORE;

    /** The value with this text in {@code message.recipient_kind}. */
    static Reader of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /** The kind of subject. */
  enum About {
    BOOKING,
    PURCHASE,
    SESSION,
    PAYOUT,
    PAYOUT_ACCOUNT,
    STOCK,
    /** The reader, or a task for the reader. */
    PERSON;

    /** The value with this text in {@code message.subject_kind}. */
    static About of(String text) {
      return switch (text) {
        case "task", "customer" -> PERSON;
        default -> valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
      };
    }
  }

  /**
   * The template for a message.
   *
   * @throws IllegalArgumentException if nothing has been written for it
   */
  static MessageTemplate of(MessageKind kind, Reader reader, About about, Channel channel) {
    return Arrays.stream(values())
        .filter(template ->
            template.kind == kind
                && template.reader == reader
                && template.about == about
                && template.channels.contains(channel))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "Nothing has been written for %s by %s to a %s about a %s"
                    .formatted(kind.text(), channel.text(), reader, about)));
  }

  /** Its name in the bundles, as {@code booking-confirmed-to-vendor}. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  MessageKind kind() {
    return kind;
  }

  Reader reader() {
    return reader;
  }

  Class<? extends Facts> facts() {
    return facts;
  }

  /** Whether a customer gets it only after saying so, and can end it. */
  boolean isReminder() {
    return REMINDERS.contains(kind);
  }

  @Nullable Link link() {
    return link;
  }

  Set<Channel> channels() {
    return channels;
  }
}
