package dev.mainstay.api.page;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list, read by key.
 *
 * @param next what to give as {@code after} for the page that follows; absent on the last
 */
public record Page<T>(List<T> items, @Nullable UUID next) {

  /** Cuts a page out of rows that were read with one more than the page holds. */
  public static <T> Page<T> of(List<T> read, PageQuery query, Function<T, UUID> key) {
    if (read.size() < query.withOneMore()) {
      return new Page<>(read, null);
    }
    List<T> items = read.subList(0, query.withOneMore() - 1);
    return new Page<>(items, key.apply(items.getLast()));
  }
}
