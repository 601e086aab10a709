package dev.mainstay.workflows.page;

import org.jspecify.annotations.Nullable;

/**
 * The progress of pages: the state that is passed on when a run continues as new.
 *
 * @param after all pages up to this key are over; null before the first
 * @param items the number of their items
 * @param counts the counts of the items done
 * @param finished whether nothing is left
 */
public record PagesPosition(@Nullable String after, long items, Counts counts, boolean finished) {

  /** Before the first page. */
  public static final PagesPosition START = new PagesPosition(null, 0, Counts.NONE, false);
}
