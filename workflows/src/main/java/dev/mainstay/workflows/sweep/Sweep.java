package dev.mainstay.workflows.sweep;

import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PageOutcome;
import dev.mainstay.workflows.page.Pages;
import dev.mainstay.workflows.page.PagesPosition;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import dev.mainstay.workflows.sweep.SweepSteps.Begin;
import dev.mainstay.workflows.sweep.SweepSteps.End;
import dev.mainstay.workflows.sweep.SweepSteps.GaveUp;
import io.temporal.common.SearchAttributeKey;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Functions.Proc1;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of a sweep, from its record's begin to its end. It never waits for an operator: what gave
 * up becomes an attention item, the run ends with its counts, and the next one that succeeds closes
 * the item. A run that hangs is ended by its execution timeout, and recorded so by the next.
 */
public final class Sweep {

  private static final SearchAttributeKey<OffsetDateTime> SCHEDULED_START =
      SearchAttributeKey.forOffsetDateTime("TemporalScheduledStartTime");

  private final UUID run;
  private final Instant nominal;

  private Sweep(UUID run, Instant nominal) {
    this.run = run;
    this.nominal = nominal;
  }

  /** The id of the workflow that a sweep's Schedule starts; Temporal adds the nominal time. */
  public static String id(String name) {
    return "sweep/" + name;
  }

  /**
   * Runs a sweep that is done in one go.
   *
   * @param name in the product's words, as {@code session-top-up}
   * @return what it did
   * @throws CanceledFailure when the run is cancelled, which is recorded
   */
  public static Counts run(String name, Work work) {
    Sweep sweep = begin(name);
    return sweep.toItsEnd(() -> work.run(sweep.nominal));
  }

  /**
   * Runs a sweep in pages.
   *
   * @param name in the product's words, as {@code session-top-up}
   * @param from the position of the previous run, if this one continues it
   * @return the counts of the items done
   * @throws CanceledFailure when the run is cancelled, which is recorded
   */
  public static Counts inPages(
      String name, @Nullable SweepPosition from, Pages.Plan plan, PageWork page) {
    Sweep sweep = from == null ? begin(name) : new Sweep(from.run(), from.nominalAt());
    PagesPosition start = from == null ? PagesPosition.START : from.pages();
    return sweep.toItsEnd(() -> {
      PagesPosition end = Pages.run(start, plan, range -> sweep.take(range, page));
      if (!end.finished()) {
        Workflow.continueAsNew(new SweepPosition(sweep.run, sweep.nominal, end));
      }
      return end.counts();
    });
  }

  /**
   * Runs a sweep whose parts are runs of their own, so that none of them holds up another.
   *
   * @param name in the product's words, as {@code appointment-reminder}
   * @param parts runs each part as a child whose run is {@link #part}, handing on the position
   * @return the counts of the items done
   * @throws CanceledFailure when the run is cancelled, which is recorded
   */
  public static Counts inParts(String name, Parts parts) {
    Sweep sweep = begin(name);
    var start = new SweepPosition(sweep.run, sweep.nominal, PagesPosition.START);
    return sweep.toItsEnd(() -> parts.run(start));
  }

  /**
   * Runs a part of a sweep in pages. A failure is recorded with the sweep, but does not end the
   * sweep's record.
   *
   * @param from the beginning of the part, or the position of the previous run
   * @param continued continues the run as new from its position
   * @return the counts of the items done
   */
  public static Counts part(
      SweepPosition from, Pages.Plan plan, PageWork page, Proc1<SweepPosition> continued) {
    Sweep sweep = new Sweep(from.run(), from.nominalAt());
    try {
      PagesPosition end = Pages.run(from.pages(), plan, range -> sweep.take(range, page));
      if (!end.finished()) {
        continued.apply(new SweepPosition(sweep.run, sweep.nominal, end));
      }
      return end.counts();
    } catch (StepGaveUp gaveUp) {
      sweep.record(gaveUp.step(), gaveUp.error(), gaveUp.fingerprint());
      return Counts.of("failedPages", 1);
    }
  }

  private static Sweep begin(String name) {
    WorkflowInfo info = Workflow.getInfo();
    Instant nominal = nominal(info);
    var begin = new Begin(name, info.getWorkflowId(), info.getFirstExecutionRunId(), nominal);
    return new Sweep(steps().begin(begin), nominal);
  }

  /** The time that the Schedule meant; for a run started by hand, the time of its start. */
  private static Instant nominal(WorkflowInfo info) {
    @Nullable OffsetDateTime scheduled = Workflow.getTypedSearchAttributes().get(SCHEDULED_START);
    return scheduled == null
        ? Instant.ofEpochMilli(info.getRunStartedTimestampMillis())
        : scheduled.toInstant();
  }

  private Counts toItsEnd(Body body) {
    try {
      Counts counts = body.run();
      // It went over everything: a cancellation comes too late for this.
      Workflow.newDetachedCancellationScope(() -> steps().end(new End(run, counts, null))).run();
      return counts;
    } catch (StepGaveUp gaveUp) {
      record(gaveUp.step(), gaveUp.error(), gaveUp.fingerprint());
      return cutShort(gaveUp.error());
    } catch (CanceledFailure cancelled) {
      throw recorded(cancelled);
    } catch (ChildWorkflowFailure part) {
      if (part.getCause() instanceof CanceledFailure cancelled) {
        throw recorded(cancelled);
      }
      String error = "%s ended: %s".formatted(part.getWorkflowType(), part.getCause());
      record(part.getWorkflowType(), error, "part/ended");
      return cutShort(error);
    }
  }

  private CanceledFailure recorded(CanceledFailure cancelled) {
    Workflow.newDetachedCancellationScope(() -> cutShort("cancelled in Temporal")).run();
    return cancelled;
  }

  private Counts take(KeyRange range, PageWork page) {
    try {
      PageOutcome outcome = page.run(range, nominal);
      if (outcome.failed() != null) {
        record(range.text(), outcome.failed(), "page/items-failed");
      }
      return outcome.counts();
    } catch (StepGaveUp gaveUp) {
      record(range.text(), gaveUp.error(), gaveUp.fingerprint());
      return Counts.of("failedPages", 1);
    }
  }

  private void record(String step, String error, String fingerprint) {
    steps().gaveUp(new GaveUp(run, step, error, fingerprint));
  }

  private Counts cutShort(String why) {
    steps().end(new End(run, Counts.NONE, why));
    return Counts.NONE;
  }

  private static SweepSteps steps() {
    return StepRunner.withoutLimit(SweepSteps.class);
  }

  /** The work of a sweep that runs in one piece. */
  @FunctionalInterface
  public interface Work {

    /**
     * Processes all items.
     *
     * @param nominal the time that the Schedule meant: never the clock's, so that a run that comes
     *     late computes the same
     * @throws StepGaveUp if the run cannot continue; it is recorded
     */
    Counts run(Instant nominal) throws StepGaveUp;
  }

  /** The work of a sweep on one page. */
  @FunctionalInterface
  public interface PageWork {

    /**
     * Processes a page.
     *
     * @param nominal the time that the Schedule meant
     * @throws StepGaveUp if the page failed; it is recorded and the sweep continues
     */
    PageOutcome run(KeyRange range, Instant nominal) throws StepGaveUp;
  }

  /** The work of a sweep that runs in parts. */
  @FunctionalInterface
  public interface Parts {

    /**
     * Runs all parts and waits for them.
     *
     * @param start the position at which each of them begins
     */
    Counts run(SweepPosition start);
  }

  @FunctionalInterface
  private interface Body {
    Counts run() throws StepGaveUp;
  }
}
