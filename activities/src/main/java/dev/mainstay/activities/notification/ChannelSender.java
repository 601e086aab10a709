package dev.mainstay.activities.notification;

import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.notification.gateway.Delivery;
import dev.mainstay.activities.notification.gateway.Delivery.Accepted;
import dev.mainstay.activities.notification.gateway.Delivery.Refused;
import dev.mainstay.activities.notification.gateway.Delivery.Refused.Why;
import dev.mainstay.activities.notification.gateway.EmailGateway;
import dev.mainstay.activities.notification.gateway.Push;
import dev.mainstay.activities.notification.gateway.PushGateway;
import dev.mainstay.activities.notification.gateway.SmsGateway;
import dev.mainstay.activities.notification.message.RenderedMessage;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands a channel's letters to its gateway. */
@FunctionalInterface
public interface ChannelSender {

  /**
   * Sends the letter.
   *
   * @param lostSince since when an earlier try may have sent it; null where none may have
   * @throws NotReachedException if it was certainly not sent
   */
  Delivery carry(RenderedMessage letter, @Nullable Instant lostSince);

  /** E-mails: what may have been sent cannot be asked. */
  static ChannelSender of(EmailGateway gateway) {
    return (letter, _) -> gateway.send(((RenderedMessage.Mail) letter).email());
  }

  /** Text messages: what may have been sent is asked before it is sent again. */
  static ChannelSender of(SmsGateway gateway) {
    return (letter, lostSince) -> {
      var sms = ((RenderedMessage.Text) letter).sms();
      Optional<Accepted> before =
          lostSince == null ? Optional.empty() : gateway.find(sms, lostSince);
      return before.isPresent() ? before.get() : gateway.send(sms);
    };
  }

  /**
   * Push messages, to each device of the recipient: one accepting device is enough.
   *
   * @param forget receives the token of a device that is gone
   */
  static ChannelSender of(PushGateway gateway, Consumer<String> forget) {
    return (letter, _) -> {
      Delivery all = new Refused(Why.GONE, "no device is left");
      for (Push push : ((RenderedMessage.Notices) letter).pushes()) {
        Delivery one = gateway.send(push);
        if (one instanceof Refused refused && refused.why() == Why.GONE) {
          forget.accept(push.token());
        } else if (!(all instanceof Accepted)) {
          all = one;
        }
      }
      return all;
    };
  }
}
