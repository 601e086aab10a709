package dev.mainstay.workflows.page;

import org.jspecify.annotations.Nullable;

/**
 * The keys of a page. The block only passes keys on: what they are, and their order, is a matter of
 * the capability's steps.
 *
 * @param after the keys above this one; null from the first on
 * @param upTo the last key
 */
public record KeyRange(@Nullable String after, String upTo) {

  /** The range for a person to read. */
  public String text() {
    return after == null ? "up to " + upTo : "above " + after + " up to " + upTo;
  }
}
