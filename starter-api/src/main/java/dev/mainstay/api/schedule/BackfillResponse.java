package dev.mainstay.api.schedule;

import java.time.Instant;

/**
 * The answer to a backfill.
 *
 * @param actions how many runs it leads to, one after the other
 */
record BackfillResponse(String id, Instant from, Instant to, int actions) {}
