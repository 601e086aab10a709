package dev.mainstay.activities.notification.message;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes messages from the present facts. */
@FunctionalInterface
public interface MessageSource {

  /**
   * Writes those that still wait, each for its channel and in its recipient's language; the others
   * have no letter.
   *
   * @param messages up to 500
   */
  Map<UUID, RenderedMessage> write(List<UUID> messages);
}
