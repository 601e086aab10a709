package dev.mainstay.activities.notification.gateway;

import dev.mainstay.activities.gateway.NotReachedException;

/** Sends e-mails. A send whose outcome is unknown cannot be looked up. */
public interface EmailGateway {

  /**
   * Sends one, once.
   *
   * @throws NotReachedException if it was certainly not sent
   */
  Delivery send(Email email);
}
