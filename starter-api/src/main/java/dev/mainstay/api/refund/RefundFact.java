package dev.mainstay.api.refund;

import java.util.Currency;

/**
 * A refund or a lost dispute, as a provider reports it.
 *
 * @param providerId the provider's own id of the refund, the charge or the dispute
 * @param amountMinor of the one refund or dispute, or of all refunds of the charge; 1 or more
 */
public record RefundFact(
    String provider,
    String providerPaymentId,
    Kind kind,
    String providerId,
    long amountMinor,
    Currency currency) {

  /** The subject of the amount. */
  public enum Kind {
    /** One refund that succeeded. */
    REFUND("refund"),
    /** All refunds of a charge so far: the highest counts. */
    TOTAL("total"),
    /** A dispute that was lost. */
    DISPUTE("dispute");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }
}
