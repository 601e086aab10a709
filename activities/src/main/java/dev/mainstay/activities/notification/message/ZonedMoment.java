package dev.mainstay.activities.notification.message;

import java.time.Instant;
import java.time.ZoneId;

/**
 * A moment, as a message shows it.
 *
 * @param zone the time zone in which it is shown
 */
public record ZonedMoment(Instant at, ZoneId zone) {}
