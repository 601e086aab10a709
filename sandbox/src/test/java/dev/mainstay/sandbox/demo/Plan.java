package dev.mainstay.sandbox.demo;

import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's execution of a statement, as its module {@code auto_explain} reports it.
 *
 * @param text a tree of nodes with what was counted at each
 */
record Plan(String text) {

  private static final Pattern PAGES =
      Pattern.compile("Buffers: shared(?: hit=(\\d+))?(?: read=(\\d+))?");
  private static final Pattern INDEX_SCAN =
      Pattern.compile(
          "(?:Scan(?: Backward)? using|Bitmap Index Scan on) (\\w+).*(?:\\n +Index Cond: (.*))?");

  /** The pages touched, be they in memory or not, with all that it called. */
  long pages() {
    return PAGES
        .matcher(text)
        .results()
        .findFirst()
        .map(pages -> number(pages.group(1)) + number(pages.group(2)))
        .orElse(0L);
  }

  /**
   * The scans that read an index from end to end.
   *
   * @param leadingColumns of each index
   */
  Stream<String> readsWhole(Map<String, String> leadingColumns) {
    return INDEX_SCAN
        .matcher(text)
        .results()
        .filter(scan ->
            !Objects.requireNonNullElse(scan.group(2), "")
                .contains("(" + Objects.requireNonNull(leadingColumns.get(scan.group(1))) + " "))
        .map(MatchResult::group);
  }

  private static long number(@Nullable String text) {
    return text == null ? 0 : Long.parseLong(text);
  }
}
