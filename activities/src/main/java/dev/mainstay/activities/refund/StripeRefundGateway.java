package dev.mainstay.activities.refund;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Refund;
import com.stripe.net.RequestOptions;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.gateway.StripeFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Stripe, by its own client; a refund carries our request's id and attempt in its metadata. */
public final class StripeRefundGateway implements RefundGateway {

  static final String REQUEST_ID = "mainstay_refund_request";
  static final String ATTEMPT = "mainstay_attempt";

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
            .putMetadata(ATTEMPT, String.valueOf(wish.attempt()))
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
  public List<Made> made(String paymentId, UUID requestId) {
    var ofPayment = RefundListParams.builder().setPaymentIntent(paymentId).setLimit(PAGE).build();
    var made = new ArrayList<Made>();
    try {
      for (Refund refund : stripe.v1().refunds().list(ofPayment).autoPagingIterable()) {
        if (requestId.toString().equals(refund.getMetadata().get(REQUEST_ID))) {
          made.add(made(refund));
        }
      }
      return List.copyOf(made);
    } catch (StripeException failure) {
      throw new NotReachedException("Stripe cannot be asked: " + StripeFailure.of(failure).said());
    }
  }

  private static Made made(Refund refund) {
    return new Made(
        refund.getId(),
        Integer.parseInt(refund.getMetadata().getOrDefault(ATTEMPT, "1")),
        state(refund),
        failure(refund));
  }

  private static Answer answer(Refund refund) {
    return switch (state(refund)) {
      case FAILED -> new Answer.Refused("the refund failed: " + failure(refund));
      case ARRIVED -> new Answer.Accepted(refund.getId(), true);
      case PENDING -> new Answer.Accepted(refund.getId(), false);
    };
  }

  private static State state(Refund refund) {
    return switch (Objects.requireNonNullElse(refund.getStatus(), "")) {
      case "failed", "canceled" -> State.FAILED;
      case "succeeded" -> State.ARRIVED;
      // pending, requires_action
      default -> State.PENDING;
    };
  }

  private static String failure(Refund refund) {
    return Objects.requireNonNullElse(refund.getFailureReason(), "");
  }

  private static Answer answer(StripeException failure) {
    StripeFailure of = StripeFailure.of(failure);
    return switch (of.means()) {
      case NOT_REACHED -> throw new NotReachedException(of.said());
      case UNKNOWN -> new Answer.Unknown(of.said(), of.stored());
      case REFUSED -> new Answer.Refused(of.said());
    };
  }
}
