package dev.mainstay.activities.refund;

import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.Refund;
import com.stripe.net.RequestOptions;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stripe, by its own client; a refund carries our request's id in its metadata. */
public final class StripeRefundGateway implements RefundGateway {

  static final String REQUEST_ID = "mainstay_refund_request";

  private static final int CONFLICT = 409;
  private static final int SERVER_ERROR = 500;
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
      throw new IllegalStateException("Stripe cannot be asked: " + said(failure), failure);
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
    return switch (failure) {
      case ApiConnectionException lost when wasNotReached(lost) ->
          throw new IllegalStateException("Stripe was not reached", failure);
      case ApiConnectionException _ -> new Answer.Unknown("the connection was lost");
      case RateLimitException _ ->
          throw new IllegalStateException("Stripe takes no more requests now", failure);
      case AuthenticationException _ ->
          throw new IllegalStateException("Stripe does not know our key", failure);
      // Another try with the same key is still at work
      case IdempotencyException _ -> new Answer.Unknown(said(failure));
      case ApiException _ -> new Answer.Unknown(said(failure));
      default ->
          isUncertain(failure.getStatusCode())
              ? new Answer.Unknown(said(failure))
              : new Answer.Refused(said(failure));
    };
  }

  private static boolean isUncertain(@Nullable Integer status) {
    return status == null || status == CONFLICT || status >= SERVER_ERROR;
  }

  private static boolean wasNotReached(ApiConnectionException failure) {
    return failure.getCause() instanceof ConnectException
        || failure.getCause() instanceof UnknownHostException;
  }

  /** Stripe's code and status: its messages may name what is none of Temporal's business. */
  private static String said(StripeException failure) {
    String code = failure.getCode();
    return (code == null ? failure.getClass().getSimpleName() : code)
        + (failure.getStatusCode() == null ? "" : " (" + failure.getStatusCode() + ")");
  }
}
