package dev.mainstay.workflows.page;

import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.page.PagePlan.PageBoundary;
import dev.mainstay.workflows.step.StepGaveUp;
import io.temporal.workflow.Async;
import io.temporal.workflow.Functions.Func1;
import io.temporal.workflow.Promise;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.Workflow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A window of pages that moves over a key range (Temporal's <i>Sliding Window</i>): as one page
 * ends the next begins, so that a slow page holds up no other. Unlike in the catalogue's pattern, a
 * page is an activity, not a child workflow, which is three events rather than eight.
 *
 * <p>A page may run twice, as when its worker is lost: it must recognize its finished items. After
 * 500 pages the run continues as new from its position (Temporal's <i>Continue-As-New</i>), so that
 * its history stays bounded.
 *
 * <p>The search attribute {@code Progress} and the query {@code progress} show its progress.
 */
public final class Pages {

  /** The number of pages that run at once. */
  static final int WINDOW = 4;

  /** How many pages a run takes; a page is some 7 events. */
  static final int MOST_PER_RUN = 500;

  private final Queue<PageBoundary> planned = new ArrayDeque<>();
  private boolean allPlanned;
  private boolean stopped;
  private @Nullable String after;
  private long itemsPlanned;
  private long itemsDone;
  private Counts counts = Counts.NONE;

  /** Answers the query {@code progress}: one per workflow. */
  public Pages() {
    Workflow.registerListener((Progress) this::progress);
  }

  /** Runs the pages of a workflow that goes over one range only. */
  public static PagesPosition run(PagesPosition from, Plan plan, Func1<KeyRange, Counts> page)
      throws StepGaveUp {
    return new Pages().over(from, plan, page);
  }

  /**
   * Runs pages until all are finished, until they are stopped, or until it is time to continue as
   * new.
   *
   * @param page processes one page, waits for it, and returns its counts; called for several pages
   *     in parallel
   * @return the position reached; every page before it is finished
   * @throws StepGaveUp when planning gave up; the pages that were running have finished
   */
  public PagesPosition over(PagesPosition from, Plan plan, Func1<KeyRange, Counts> page)
      throws StepGaveUp {
    planned.clear();
    allPlanned = false;
    stopped = false;
    after = from.after();
    itemsPlanned = from.items();
    itemsDone = from.items();
    counts = from.counts();
    return run(plan, page);
  }

  /** Begins no more pages; those that are running finish. */
  public void stop() {
    stopped = true;
  }

  private PagesPosition run(Plan plan, Func1<KeyRange, Counts> page) throws StepGaveUp {
    List<Promise<Void>> window = new ArrayList<>();
    try {
      for (int taken = 0; taken < MOST_PER_RUN && hasNext(plan); taken++) {
        if (window.size() == WINDOW) {
          Promise.anyOf(window).get();
          window.removeIf(Promise::isCompleted);
        }
        if (stopped) {
          break;
        }
        PageBoundary next = planned.remove();
        KeyRange range = new KeyRange(after, next.upTo());
        after = next.upTo();
        window.add(Async.procedure(() -> take(page, range, next.items())));
      }
    } finally {
      Promise.allOf(window).get();
    }
    return new PagesPosition(after, itemsDone, counts, planned.isEmpty() && allPlanned);
  }

  private boolean hasNext(Plan plan) throws StepGaveUp {
    if (planned.isEmpty() && !allPlanned) {
      PagePlan next = plan.after(after);
      planned.addAll(next.cuts());
      allPlanned = next.last() || next.cuts().isEmpty();
      itemsPlanned += next.cuts().stream().mapToLong(PageBoundary::items).sum();
    }
    return !planned.isEmpty();
  }

  private void take(Func1<KeyRange, Counts> page, KeyRange range, int items) {
    Counts pageCounts = page.apply(range);
    // read only now, since other pages ended meanwhile
    counts = counts.plus(pageCounts);
    itemsDone += items;
    Workflow.upsertTypedSearchAttributes(SearchAttributes.PROGRESS.valueSet(progress()));
  }

  /** As {@code 1500/20000}, with a {@code +} as long as more is to be planned. */
  private String progress() {
    return itemsDone + "/" + itemsPlanned + (allPlanned ? "" : "+");
  }

  /** Where the next pages end. */
  @FunctionalInterface
  public interface Plan {

    /**
     * Plans the pages behind a key.
     *
     * @param after null for the first
     */
    PagePlan after(@Nullable String after) throws StepGaveUp;
  }

  /** The queries that a run answers while its pages run. */
  public interface Progress {

    /** The progress, as {@code 1500/20000}. */
    @QueryMethod(name = "progress")
    String progress();
  }
}
