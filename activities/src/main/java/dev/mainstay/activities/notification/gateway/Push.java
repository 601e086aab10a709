package dev.mainstay.activities.notification.gateway;

import java.util.UUID;

/**
 * A push message.
 *
 * @param token the device's, as the app registered it
 */
public record Push(UUID messageId, String token, String title, String text) {

  /** Without token and text: personal data must not reach a log. */
  @Override
  public String toString() {
    return "Push[" + messageId + "]";
  }
}
