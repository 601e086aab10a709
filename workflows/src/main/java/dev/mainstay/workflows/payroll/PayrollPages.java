package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.Pages;
import dev.mainstay.workflows.page.PagesPosition;
import dev.mainstay.workflows.process.StepProblem;
import dev.mainstay.workflows.step.StepGaveUp;
import org.jspecify.annotations.Nullable;

/** The pages of a run, one stage after another. The first problem of a stage stops its pages. */
final class PayrollPages {

  private final Pages pages = new Pages();
  private PagesPosition position;
  private boolean stopped;
  private @Nullable StepProblem problem;

  /**
   * @param position the position of the previous run, if this one continues it
   */
  PayrollPages(PagesPosition position) {
    this.position = position;
  }

  /** How the pages of a stage ended. */
  enum End {
    /** All of them are over. */
    FINISHED,
    /** A problem has stopped them: the stage begins again from its first page. */
    STOPPED,
    /** The run is to be continued as new from {@link #position}. */
    TO_BE_CONTINUED
  }

  /** Runs the pages of a stage. */
  End run(Pages.Plan plan, Page page) {
    PagesPosition from = position;
    position = PagesPosition.START;
    stopped = false;
    problem = null;
    try {
      PagesPosition end = pages.over(from, plan, range -> take(page, range));
      if (stopped) {
        return End.STOPPED;
      }
      if (end.finished()) {
        return End.FINISHED;
      }
      position = end;
      return End.TO_BE_CONTINUED;
    } catch (StepGaveUp gaveUp) {
      stop(StepProblem.of(gaveUp));
      return End.STOPPED;
    }
  }

  private Counts take(Page page, KeyRange range) {
    try {
      return page.run(range);
    } catch (StepGaveUp gaveUp) {
      stop(StepProblem.of(gaveUp));
      return Counts.NONE;
    }
  }

  /** No more pages are begun; those that are running continue to their end. */
  void stop(StepProblem first) {
    if (problem == null) {
      problem = first;
    }
    stopped = true;
    pages.stop();
  }

  /** The first problem of the last stage that ran; null where it had none. */
  @Nullable StepProblem problem() {
    return problem;
  }

  /** Whether the run is to be continued as new from {@link #position}. */
  boolean areToBeContinued() {
    return !position.equals(PagesPosition.START);
  }

  /** Where the next pages begin. */
  PagesPosition position() {
    return position;
  }

  /** Processes one page, waits for it, and returns its counts. */
  @FunctionalInterface
  interface Page {
    Counts run(KeyRange range) throws StepGaveUp;
  }
}
