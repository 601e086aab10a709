package dev.mainstay.workflows.page;

import org.jspecify.annotations.Nullable;

/**
 * How far pages have come: what is handed on when a run is continued as new.
 *
 * @param after all pages up to this key are over; null before the first
 * @param items how many they had
 * @param counts what they did
 * @param finished whether nothing is left
 */
public record PagesPosition(@Nullable String after, long items, Counts counts, boolean finished) {

  /** Before the first page. */
  public static final PagesPosition START = new PagesPosition(null, 0, Counts.NONE, false);
}
