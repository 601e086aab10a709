package dev.mainstay.activities.notification.message;

import java.util.UUID;

/** Makes what a link in a letter is opened with. */
@FunctionalInterface
public interface TokenSource {

  /**
   * A new token for a task, known to nobody else; kept only as its hash.
   *
   * @return safe in an address as it is
   */
  String newToken(UUID taskId);
}
