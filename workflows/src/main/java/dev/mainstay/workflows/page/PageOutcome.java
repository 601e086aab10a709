package dev.mainstay.workflows.page;

import org.jspecify.annotations.Nullable;

/**
 * The result of a page.
 *
 * @param counts the counts of the items done
 * @param failed the items that failed, and why, for a person to read; null if none failed
 */
public record PageOutcome(Counts counts, @Nullable String failed) {}
