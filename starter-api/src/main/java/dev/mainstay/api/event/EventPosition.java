package dev.mainstay.api.event;

import dev.mainstay.db.CanonicalUuid;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the order of events; an opaque text to callers.
 *
 * @param transaction the writing transaction's xid8, an unsigned number
 */
record EventPosition(long transaction, UUID id) {

  /** Before the first event. */
  static final EventPosition BEGINNING = new EventPosition(0, new UUID(0, 0));

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,20})-(.*)");

  /** Empty where the text is none that was ever given out. */
  static Optional<EventPosition> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return CanonicalUuid.parse(parts.group(2)).map(id -> of(parts.group(1), id));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  static EventPosition of(String transaction, UUID id) {
    return new EventPosition(Long.parseUnsignedLong(transaction), id);
  }

  String transactionText() {
    return Long.toUnsignedString(transaction);
  }

  @Override
  public String toString() {
    return transactionText() + "-" + id;
  }
}
