package dev.mainstay.activities.gateway;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.StripeError;
import com.stripe.net.StripeResponse;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failure of Stripe's client, and its meaning for the request.
 *
 * @param code Stripe's error code; empty if it gave none
 * @param said code and status for a person to read: Stripe's messages may contain data that must
 *     not reach Temporal
 * @param stored whether it is the answer that Stripe keeps under the idempotency key, and gives to
 *     every repeat
 */
public record StripeFailure(Means means, String code, String said, boolean stored) {

  private static final int CONFLICT = 409;
  private static final int SERVER_ERROR = 500;

  /** The codes of a key that may not act for this account, which is that account's own matter. */
  private static final String ACCOUNT_INVALID = "account_invalid";

  /** Whether the request was done. */
  public enum Means {
    /** Certainly not, and another try may do better. */
    NOT_REACHED,
    /** Certainly not, and another try will not help. */
    REFUSED,
    /** It may have been. */
    UNKNOWN
  }

  /** Tells them apart. */
  public static StripeFailure of(StripeException failure) {
    return switch (failure) {
      case ApiConnectionException lost when wasNotReached(lost) ->
          notReached(failure, "Stripe was not reached");
      case ApiConnectionException _ -> unknown(failure, "the connection was lost");
      case RateLimitException _ -> notReached(failure, "Stripe takes no more requests now");
      case AuthenticationException _ when !codeOf(failure).equals(ACCOUNT_INVALID) ->
          notReached(failure, "Stripe does not know our key");
      // Another try with the same key is still at work
      case IdempotencyException _ -> unknown(failure, saidBy(failure));
      case ApiException _ -> unknown(failure, saidBy(failure));
      default ->
          isUncertain(failure.getStatusCode())
              ? unknown(failure, saidBy(failure))
              : new StripeFailure(
                  Means.REFUSED, codeOf(failure), saidBy(failure), isStored(failure));
    };
  }

  private static StripeFailure notReached(StripeException failure, String said) {
    return new StripeFailure(Means.NOT_REACHED, codeOf(failure), said, false);
  }

  private static StripeFailure unknown(StripeException failure, String said) {
    return new StripeFailure(Means.UNKNOWN, codeOf(failure), said, isStored(failure));
  }

  private static boolean isUncertain(@Nullable Integer status) {
    return status == null || status == CONFLICT || status >= SERVER_ERROR;
  }

  private static boolean wasNotReached(ApiConnectionException failure) {
    return failure.getCause() instanceof ConnectException
        || failure.getCause() instanceof UnknownHostException;
  }

  private static boolean isStored(StripeException failure) {
    StripeError error = failure.getStripeError();
    StripeResponse response = error == null ? null : error.getLastResponse();
    return response != null
        && response.headers().firstValue("Idempotent-Replayed").orElse("").equals("true");
  }

  private static String codeOf(StripeException failure) {
    return Objects.requireNonNullElse(failure.getCode(), "");
  }

  private static String saidBy(StripeException failure) {
    String code = codeOf(failure);
    return (code.isEmpty() ? failure.getClass().getSimpleName() : code)
        + (failure.getStatusCode() == null ? "" : " (" + failure.getStatusCode() + ")");
  }
}
