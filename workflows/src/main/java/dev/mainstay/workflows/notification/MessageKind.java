package dev.mainstay.workflows.notification;

import java.util.Arrays;

/** The kinds of messages: the catalogue of the specification, §3. */
public enum MessageKind {
  BOOKING_CONFIRMED("booking-confirmed"),
  BOOKING_CANCELLED("booking-cancelled"),
  PAYMENT_RECEIVED("payment-received"),
  PURCHASE_CONFIRMED("purchase-confirmed"),
  SESSIONS_PLANNED("sessions-planned"),
  NO_TRAINER_YET("no-trainer-yet"),
  PURCHASE_REFUNDED("purchase-refunded"),
  NEW_STUDENT("new-student"),
  STUDENT_GONE("student-gone"),
  PAYMENT_DUE_SOON("payment-due-soon"),
  PAYMENT_OVERDUE("payment-overdue"),
  APPOINTMENT_TOMORROW("appointment-tomorrow"),
  PAYOUT_RECEIPT("payout-receipt"),
  PAYOUT_ACCOUNT_CHANGED("payout-account-changed"),
  STOCK_ALERT("stock-alert"),
  ACCOUNT_INVITE("account-invite"),
  WELCOME("welcome"),
  PASSWORD_RESET("password-reset"),
  YOUR_DATA("your-data"),
  YOUR_REPORT("your-report");

  private final String text;

  MessageKind(String text) {
    this.text = text;
  }

  /** The text in {@code message.kind}, and in the names of its texts. */
  public String text() {
    return text;
  }

  /** The kind with this text in {@code message.kind}. */
  public static MessageKind of(String text) {
    return Arrays.stream(values())
        .filter(kind -> kind.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown kind of message " + text));
  }
}
