package dev.mainstay.workflows.sweep;

import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import dev.mainstay.workflows.sweep.SweepSteps.Begin;
import dev.mainstay.workflows.sweep.SweepSteps.End;
import dev.mainstay.workflows.sweep.SweepSteps.GaveUp;
import io.temporal.common.SearchAttributeKey;
import io.temporal.failure.CanceledFailure;
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

  private Sweep(UUID run) {
    this.run = run;
  }

  /** The id of the workflow that a sweep's Schedule starts; Temporal adds the nominal time. */
  public static String id(String name) {
    return "sweep/" + name;
  }

  /**
   * Runs a sweep.
   *
   * @param name in the product's words, as {@code session-top-up}
   * @return what it did
   * @throws CanceledFailure when the run is cancelled, which is recorded
   */
  public static Counts run(String name, Work work) {
    WorkflowInfo info = Workflow.getInfo();
    Instant nominal = nominal(info);
    var sweep =
        new Sweep(
            steps()
                .begin(
                    new Begin(name, info.getWorkflowId(), info.getFirstExecutionRunId(), nominal)));
    return sweep.toItsEnd(() -> work.run(nominal));
  }

  private Counts toItsEnd(Body body) {
    try {
      Counts counts = body.run();
      steps().end(new End(run, counts, null));
      return counts;
    } catch (StepGaveUp gaveUp) {
      record(gaveUp.step(), gaveUp);
      return cutShort(gaveUp.error());
    } catch (CanceledFailure cancelled) {
      Workflow.newDetachedCancellationScope(() -> cutShort("cancelled in Temporal")).run();
      throw cancelled;
    }
  }

  private void record(String step, StepGaveUp gaveUp) {
    steps().gaveUp(new GaveUp(run, step, gaveUp.error(), gaveUp.fingerprint()));
  }

  private Counts cutShort(String why) {
    steps().end(new End(run, Counts.NONE, why));
    return Counts.NONE;
  }

  /** The time that the Schedule meant; for a run started by hand, the time of its start. */
  private static Instant nominal(WorkflowInfo info) {
    @Nullable OffsetDateTime scheduled = Workflow.getTypedSearchAttributes().get(SCHEDULED_START);
    return scheduled == null
        ? Instant.ofEpochMilli(info.getRunStartedTimestampMillis())
        : scheduled.toInstant();
  }

  private static SweepSteps steps() {
    return StepRunner.withoutLimit(SweepSteps.class);
  }

  /** What a sweep does. */
  @FunctionalInterface
  public interface Work {

    /**
     * Goes over everything.
     *
     * @param nominal the time that the Schedule meant: never the clock's, so that a run that comes
     *     late computes the same
     * @throws StepGaveUp where the run cannot go on; it is recorded
     */
    Counts run(Instant nominal) throws StepGaveUp;
  }

  @FunctionalInterface
  private interface Body {
    Counts run() throws StepGaveUp;
  }
}
