package dev.mainstay.api.event;

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

  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,20})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  /** Empty where the text is none that was ever given out. */
  static Optional<EventPosition> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(parts.group(1), UUID.fromString(parts.group(2))));
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
