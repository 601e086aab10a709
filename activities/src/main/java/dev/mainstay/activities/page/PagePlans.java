package dev.mainstay.activities.page;

import dev.mainstay.workflows.page.PagePlan;
import dev.mainstay.workflows.page.PagePlan.PageBoundary;
import java.util.List;
import java.util.function.Function;
import org.jooq.Record;
import org.jooq.Result;

/** Reads plans of up to {@link PagePlan#MOST} pages, which SQL's {@code page_boundaries} cuts. */
public final class PagePlans {

  private PagePlans() {}

  /**
   * The plan of pages that end with one column.
   *
   * @param pages each with the last key of a page as {@code up_to}, and its {@code items}
   */
  public static PagePlan of(Result<? extends Record> pages, int pageSize) {
    return of(pages, page -> page.get("up_to", String.class), pageSize);
  }

  /**
   * The plan of pages that end with several columns.
   *
   * @param key the last key of a page
   */
  public static PagePlan of(
      Result<? extends Record> pages, Function<Record, String> key, int pageSize) {
    List<PageBoundary> boundaries =
        pages.map(page -> new PageBoundary(key.apply(page), page.get("items", int.class)));
    int items = boundaries.stream().mapToInt(PageBoundary::items).sum();
    return new PagePlan(boundaries, items < pageSize * PagePlan.MOST);
  }
}
