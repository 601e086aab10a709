package dev.mainstay.db.intake;

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
  PURCHASE_ALONE("purchase-alone");

  private final String text;

  IntakeKind(String text) {
    this.text = text;
  }

  /** As it stands in {@code intake.kind}. */
  public String text() {
    return text;
  }
}
