package dev.mainstay.activities.notification.gateway;

import dev.mainstay.activities.gateway.NotReachedException;
import java.time.Instant;
import java.util.Optional;

/** Sends text messages. {@link #find} resolves a send whose outcome is unknown. */
public interface SmsGateway {

  /**
   * Sends one, once.
   *
   * @throws NotReachedException if it was certainly not sent
   */
  Delivery send(Sms sms);

  /**
   * The message as it was sent before, if it was.
   *
   * @param since it was not sent before this
   * @throws NotReachedException if the provider cannot say
   */
  Optional<Delivery.Accepted> find(Sms sms, Instant since);
}
