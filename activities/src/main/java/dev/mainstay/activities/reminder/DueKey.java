package dev.mainstay.activities.reminder;

import java.time.Instant;
import java.util.UUID;

/**
 * The place of an appointment or a payment among those that are due.
 *
 * @param at when it starts, or is to be paid
 */
record DueKey(Instant at, UUID id) {

  private static final UUID LAST = new UUID(-1, -1);

  /** Behind all of that time. */
  static DueKey after(Instant at) {
    return new DueKey(at, LAST);
  }

  static DueKey parse(String text) {
    int cut = text.indexOf('/');
    return new DueKey(
        Instant.parse(text.substring(0, cut)), UUID.fromString(text.substring(cut + 1)));
  }

  /** As {@code 2026-11-23T10:00:00Z/0195…}. */
  String text() {
    return at + "/" + id;
  }
}
