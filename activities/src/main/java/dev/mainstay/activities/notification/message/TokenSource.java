package dev.mainstay.activities.notification.message;

import java.util.UUID;

/** Makes what a link in a letter is opened with. */
@FunctionalInterface
public interface TokenSource {

  /**
   * Creates a token for a task. Only the link holds it; the database keeps its hash.
   *
   * @return a token that needs no encoding in an address
   */
  String newToken(UUID taskId);
}
