package dev.mainstay.api.refund;

import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refund or a lost dispute, as a provider reports it.
 *
 * @param providerId the provider's own id of the refund, the charge or the dispute
 * @param amountMinor of the one refund or dispute, or of all refunds of the charge; 1 or more
 * @param status of the one refund; anything else has happened
 * @param requestId of the request for which we made the refund; null for any other
 * @param failure the provider's reason where it failed; otherwise empty
 */
public record RefundFact(
    String provider,
    String providerPaymentId,
    Kind kind,
    String providerId,
    long amountMinor,
    Currency currency,
    Status status,
    @Nullable UUID requestId,
    String failure) {

  /** The subject of the amount. */
  public enum Kind {
    /** One refund. */
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

  /** How far a refund has come. */
  public enum Status {
    /** The provider still has to send it. */
    PENDING("pending"),
    SUCCEEDED("succeeded"),
    /** It did not arrive, or came back. */
    FAILED("failed");

    private final String text;

    Status(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }
}
