package dev.mainstay.workflows.page;

import org.jspecify.annotations.Nullable;

/**
 * What came of a page.
 *
 * @param counts what it did
 * @param failed which of its items could not be done, and why, for a person to read; null where all
 *     could
 */
public record PageOutcome(Counts counts, @Nullable String failed) {}
