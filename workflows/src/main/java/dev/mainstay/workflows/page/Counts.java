package dev.mainstay.workflows.page;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts of processed items, as {@code {"archived": 127, "deleted": 342}}.
 *
 * @param byName the number of items, by the action done to them
 */
public record Counts(@JsonValue SortedMap<String, Long> byName) {

  /** Nothing was done. */
  public static final Counts NONE = new Counts(new TreeMap<>());

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Counts {
    byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
  }

  /** So many of one name. */
  public static Counts of(String name, long count) {
    return new Counts(new TreeMap<>(Map.of(name, count)));
  }

  /** Both together. */
  public Counts plus(Counts other) {
    var sum = new TreeMap<>(byName);
    other.byName.forEach((name, count) -> sum.merge(name, count, Long::sum));
    return new Counts(sum);
  }
}
