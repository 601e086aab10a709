package dev.mainstay.activities.refund;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Refund;
import com.stripe.net.RequestOptions;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.gateway.StripeFailure;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Stripe, by its own client; a refund carries our request's id in its metadata. */
public final class StripeRefundGateway implements RefundGateway {

  static final String REQUEST_ID = "mainstay_refund_request";

  private static final long PAGE = 100;

  private final StripeClient stripe;

  /**
   * Made for a client that does not retry by itself: how often Stripe is asked is the step's to
   * say.
   */
  public StripeRefundGateway(StripeClient stripe) {
    this.stripe = stripe;
  }

  @Override
  public Answer refund(Wish wish) {
    var refund =
        RefundCreateParams.builder()
            .setPaymentIntent(wish.paymentId())
            .setAmount(wish.amountMinor())
            .putMetadata(REQUEST_ID, wish.requestId().toString())
            .build();
    var once =
        RequestOptions.builder()
            .setIdempotencyKey("refund/" + wish.requestId() + "/" + wish.attempt())
            .build();
    try {
      return answer(stripe.v1().refunds().create(refund, once));
    } catch (StripeException failure) {
      return answer(failure);
    }
  }

  @Override
  public Optional<Answer.Accepted> find(String paymentId, UUID requestId) {
    var ofPayment = RefundListParams.builder().setPaymentIntent(paymentId).setLimit(PAGE).build();
    try {
      for (Refund refund : stripe.v1().refunds().list(ofPayment).autoPagingIterable()) {
        if (requestId.toString().equals(refund.getMetadata().get(REQUEST_ID))
            && answer(refund) instanceof Answer.Accepted accepted) {
          return Optional.of(accepted);
        }
      }
      return Optional.empty();
    } catch (StripeException failure) {
      throw new NotReachedException("Stripe cannot be asked: " + StripeFailure.of(failure).said());
    }
  }

  private static Answer answer(Refund refund) {
    return switch (Objects.requireNonNullElse(refund.getStatus(), "")) {
      case "failed", "canceled" -> new Answer.Refused("the refund " + refund.getStatus());
      case "succeeded" -> new Answer.Accepted(refund.getId(), true);
      default -> new Answer.Accepted(refund.getId(), false);
    };
  }

  private static Answer answer(StripeException failure) {
    StripeFailure of = StripeFailure.of(failure);
    return switch (of.means()) {
      case NOT_REACHED -> throw new NotReachedException(of.said());
      case UNKNOWN -> new Answer.Unknown(of.said());
      case REFUSED -> new Answer.Refused(of.said());
    };
  }
}
