package dev.mainstay.activities.notification.gateway;

import java.util.UUID;

/**
 * A text message.
 *
 * @param to a number as E.164 has it, such as {@code +14155550123}
 */
public record Sms(UUID messageId, String to, String text) {

  /** Without number and text: personal data must not reach a log. */
  @Override
  public String toString() {
    return "Sms[" + messageId + "]";
  }
}
