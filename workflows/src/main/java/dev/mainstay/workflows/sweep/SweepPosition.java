package dev.mainstay.workflows.sweep;

import dev.mainstay.workflows.page.PagesPosition;
import java.time.Instant;
import java.util.UUID;

/**
 * The position that a paged sweep passes on when it continues as new; a Schedule starts it without
 * one.
 *
 * @param run the id of the run's record
 * @param nominalAt the time that the Schedule meant
 */
public record SweepPosition(UUID run, Instant nominalAt, PagesPosition pages) {}
