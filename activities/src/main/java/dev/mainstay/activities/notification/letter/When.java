package dev.mainstay.activities.notification.letter;

import java.time.Instant;
import java.time.ZoneId;

/**
 * A moment, as it is told.
 *
 * @param zone of the clock that people there look at
 */
public record When(Instant at, ZoneId zone) {}
