package dev.mainstay.activities.notification.message;

import java.time.Instant;
import java.time.ZoneId;

/**
 * A moment, as it is told.
 *
 * @param zone of the clock that people there look at
 */
public record ZonedMoment(Instant at, ZoneId zone) {}
