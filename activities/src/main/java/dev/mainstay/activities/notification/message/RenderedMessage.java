package dev.mainstay.activities.notification.message;

import dev.mainstay.activities.notification.gateway.Email;
import dev.mainstay.activities.notification.gateway.Push;
import dev.mainstay.activities.notification.gateway.Sms;
import java.util.List;

/** One message, written and addressed. */
public sealed interface RenderedMessage {

  /** By e-mail. */
  record Mail(Email email) implements RenderedMessage {}

  /** By text message. */
  record Text(Sms sms) implements RenderedMessage {}

  /** To each device of the recipient; at least one. */
  record Notices(List<Push> pushes) implements RenderedMessage {

    public Notices {
      pushes = List.copyOf(pushes);
    }
  }

  /**
   * Not to be sent.
   *
   * @param reason the value of {@code message.reason}: {@code no-address}, {@code gone}, ...
   */
  record Unsendable(String reason) implements RenderedMessage {}

  /**
   * Not written, as its words or its facts are wrong; sent once that is mended.
   *
   * @param said what was wrong, without an address or a name
   */
  record Broken(String said) implements RenderedMessage {}
}
