package dev.mainstay.workflows.page;

import java.util.List;

/**
 * The next pages, as many as a payload holds with ease; the pages after them are planned once these
 * have been handed out.
 *
 * @param cuts in order of their keys
 * @param last whether nothing comes after them
 */
public record PagePlan(List<PageBoundary> cuts, boolean last) {

  /** How many pages a plan names at most, so that it stays far below the 100 KB of a payload. */
  public static final int MOST = 100;

  public PagePlan {
    cuts = List.copyOf(cuts);
    if (cuts.size() > MOST) {
      throw new IllegalArgumentException("a plan has at most " + MOST + " pages");
    }
  }

  /**
   * The end of a page.
   *
   * @param upTo its last key
   * @param items the approximate number of its items
   */
  public record PageBoundary(String upTo, int items) {}
}
