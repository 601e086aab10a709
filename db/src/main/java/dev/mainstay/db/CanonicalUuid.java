package dev.mainstay.db;

import java.util.Optional;
import java.util.UUID;

/**
 * Reads an id that somebody else wrote. {@link UUID#fromString} also takes {@code 1-1-1-1-1} and
 * cuts digits off, so that two texts would name one row.
 */
public final class CanonicalUuid {

  private CanonicalUuid() {}

  /** The id, if the text is the one that it is written as, in capitals or not. */
  public static Optional<UUID> parse(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
