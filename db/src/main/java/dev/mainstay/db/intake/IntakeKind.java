package dev.mainstay.db.intake;

import java.util.Arrays;

/** What an intake row sets going. */
public enum IntakeKind {
  /**
   * A payment that becomes a purchase; up to 50 of them are carried by one {@code
   * PurchaseBatchWorkflow}.
   */
  PURCHASE("purchase"),
  /**
   * A purchase that was split off its batch and goes on in a {@code PurchaseWorkflow} of its own.
   */
  PURCHASE_ALONE("purchase-alone"),
  /** Money that went back, or shall go back, of a payment; carried by a {@code RefundWorkflow}. */
  REFUND("refund"),
  /** A trainer has a place or a time again, and somebody waits for one. */
  TRAINER_FREE("trainer-free"),
  /** An event of which somebody is to be told; carried by a {@code NotificationWorkflow}. */
  NOTIFICATION("notification"),
  /** Something to do once for one person; carried by a {@code TaskWorkflow}. */
  TASK("task"),
  /**
   * A payroll run that was asked for, approved or cancelled; carried, or woken, by a {@code
   * PayrollWorkflow}.
   */
  PAYROLL("payroll"),
  /** A payout that failed, or may have been paid; carried by a {@code PayoutWorkflow}. */
  PAYOUT("payout");

  private final String text;

  IntakeKind(String text) {
    this.text = text;
  }

  /** As it stands in {@code intake.kind}. */
  public String text() {
    return text;
  }

  /** The kind that stands in {@code intake.kind} as this text. */
  public static IntakeKind of(String text) {
    return Arrays.stream(values())
        .filter(kind -> kind.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown kind of intake " + text));
  }
}
