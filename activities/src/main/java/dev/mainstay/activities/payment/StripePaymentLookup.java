package dev.mainstay.activities.payment;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.gateway.StripeFailure;
import dev.mainstay.activities.gateway.StripeMode;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Stripe, by its own client: payment intents of our mode, also by the Checkout session that made
 * them.
 */
public final class StripePaymentLookup implements PaymentLookup {

  private static final Pattern INTENT = Pattern.compile("pi_\\w+");
  private static final Pattern SESSION = Pattern.compile("cs_\\w+");
  private static final String COMPLETE = "complete";
  private static final String FREE = "no_payment_required";
  private static final String MISSING = "resource_missing";

  private final StripeClient stripe;
  private final StripeMode mode;

  public StripePaymentLookup(StripeClient stripe, StripeMode mode) {
    this.stripe = stripe;
    this.mode = mode;
  }

  @Override
  public Optional<ReceivedPayment> find(String paymentId) {
    try {
      if (SESSION.matcher(paymentId).matches()) {
        Session session = stripe.v1().checkout().sessions().retrieve(paymentId);
        mode.require(session.getLivemode());
        String intent = session.getPaymentIntent();
        return intent == null ? free(session) : Optional.of(intent(intent));
      }
      return INTENT.matcher(paymentId).matches()
          ? Optional.of(intent(paymentId))
          : Optional.empty();
    } catch (StripeException failure) {
      StripeFailure of = StripeFailure.of(failure);
      if (of.code().equals(MISSING)) {
        return Optional.empty();
      }
      throw new NotReachedException("Stripe cannot be asked: " + of.said());
    }
  }

  /** A completed session that cost nothing is a payment of its own. */
  private static Optional<ReceivedPayment> free(Session session) {
    return COMPLETE.equals(session.getStatus())
            && FREE.equals(session.getPaymentStatus())
            && Objects.equals(session.getAmountTotal(), 0L)
        ? Optional.of(
            new ReceivedPayment(
                session.getId(), 0, session.getCurrency().toUpperCase(Locale.ROOT), FREE, true))
        : Optional.empty();
  }

  private ReceivedPayment intent(String id) throws StripeException {
    PaymentIntent intent = stripe.v1().paymentIntents().retrieve(id);
    mode.require(intent.getLivemode());
    return new ReceivedPayment(
        intent.getId(),
        intent.getAmountReceived(),
        intent.getCurrency().toUpperCase(Locale.ROOT),
        intent.getStatus(),
        intent.getStatus().equals("succeeded"));
  }
}
