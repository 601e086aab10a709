package dev.mainstay.activities.notification.gateway;

import com.twilio.exception.ApiConnectionException;
import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.notification.gateway.Delivery.Accepted;
import dev.mainstay.activities.notification.gateway.Delivery.Refused;
import dev.mainstay.activities.notification.gateway.Delivery.Refused.Why;
import dev.mainstay.activities.notification.gateway.Delivery.Unknown;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Twilio, by its own client. Twilio keeps nothing of ours with a message, so one that may have been
 * sent is known again by its number and its text; our id comes back with its status callback.
 */
public final class TwilioSmsGateway implements SmsGateway {

  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;
  private static final int STOPPED = 21610;

  /** The two clocks need not agree, and Twilio reports whole seconds. */
  private static final Duration CLOCKS_APART = Duration.ofMinutes(2);

  private static final int PAGE = 50;

  private final TwilioRestClient twilio;
  private final String from;
  private final @Nullable URI statusCallback;

  /**
   * Sends by an account.
   *
   * @param twilio a client made with {@link TwilioHttp}, which does not retry by itself
   * @param from a number of the account, or the id of one of its messaging services ({@code MG…})
   * @param statusCallback the address to which Twilio reports a message's status, {@code ?message=}
   *     is added; null if it need not
   */
  public TwilioSmsGateway(TwilioRestClient twilio, String from, @Nullable URI statusCallback) {
    this.twilio = twilio;
    this.from = from;
    this.statusCallback = statusCallback;
  }

  @Override
  public Delivery send(Sms sms) {
    try {
      return new Accepted(message(sms).create(twilio).getSid());
    } catch (TwilioException failure) {
      return outcome(failure);
    }
  }

  @Override
  public Optional<Accepted> find(Sms sms, Instant since) {
    Instant notBefore = since.minus(CLOCKS_APART);
    // Not by DateSent, which one that still waits at Twilio does not have
    var toThisNumber = Message.reader().setTo(new PhoneNumber(sms.to())).pageSize(PAGE);
    try {
      for (Message sent : toThisNumber.read(twilio)) {
        // The latest come first
        ZonedDateTime at = sent.getDateCreated();
        if (at != null && at.toInstant().isBefore(notBefore)) {
          break;
        }
        if (sms.text().equals(sent.getBody()) && sent.getDirection() != Message.Direction.INBOUND) {
          return Optional.of(new Accepted(sent.getSid()));
        }
      }
      return Optional.empty();
    } catch (TwilioException failure) {
      throw new NotReachedException("Twilio cannot be asked: " + said(failure));
    }
  }

  private MessageCreator message(Sms sms) {
    var to = new PhoneNumber(sms.to());
    MessageCreator message =
        from.startsWith("MG")
            ? Message.creator(to, from, sms.text())
            : Message.creator(to, new PhoneNumber(from), sms.text());
    return statusCallback == null
        ? message
        : message.setStatusCallback(URI.create(statusCallback + "?message=" + sms.messageId()));
  }

  private static Delivery outcome(TwilioException failure) {
    return switch (failure) {
      case ApiConnectionException lost when wasNotReached(lost) ->
          throw new NotReachedException("Twilio was not reached");
      case ApiException answer when answer.getStatusCode() != null ->
          outcome(answer, answer.getStatusCode());
      default -> new Unknown("the connection was lost, or there was no answer to be read in time");
    };
  }

  private static Delivery outcome(ApiException answer, int status) {
    if (status == TOO_MANY) {
      throw new NotReachedException("Twilio takes no more messages now: " + said(answer));
    }
    if (status == UNAUTHORIZED) {
      throw new NotReachedException("Twilio does not know our account or token: " + said(answer));
    }
    return status >= SERVER_ERROR
        ? new Unknown("Twilio answered " + said(answer))
        : new Refused(why(answer.getCode()), "Twilio " + said(answer));
  }

  private static Why why(@Nullable Integer code) {
    return switch (Objects.requireNonNullElse(code, 0)) {
      case STOPPED -> Why.STOPPED;
      // Not a number; not a mobile one
      case 21211, 21614 -> Why.ADDRESS;
      default -> Why.REJECTED;
    };
  }

  private static boolean wasNotReached(ApiConnectionException failure) {
    @Nullable Throwable cause = failure.getCause();
    return cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof UnresolvedAddressException;
  }

  /** Twilio's code and status: its messages repeat the number. */
  private static String said(TwilioException failure) {
    return failure instanceof ApiException answer && answer.getStatusCode() != null
        ? answer.getCode() == null
            ? "status " + answer.getStatusCode()
            : answer.getCode() + " (" + answer.getStatusCode() + ")"
        : "no answer";
  }
}
