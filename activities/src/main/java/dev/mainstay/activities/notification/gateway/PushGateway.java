package dev.mainstay.activities.notification.gateway;

import dev.mainstay.activities.gateway.NotReachedException;

/** Sends push messages. A send whose outcome is unknown cannot be looked up. */
public interface PushGateway {

  /**
   * Sends one, once.
   *
   * @throws NotReachedException if it was certainly not sent
   */
  Delivery send(Push push);
}
