package dev.mainstay.workflows.invariants;

import dev.mainstay.workflows.invariants.InvariantsSteps.Items;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import dev.mainstay.workflows.sweep.Sweep;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reports, closes, seals, and then asks: what was closed may be what the checker finds. */
public final class InvariantsSweepImpl implements InvariantsSweep {

  /** Where more was lost, an operator starts it again by the command {@code recover}. */
  private static final long MOST_REPORTS = 1_000;

  @Override
  public Counts run() {
    return Sweep.run(NAME, _ -> report().plus(close()).plus(seal()).plus(check()));
  }

  private static Counts report() throws StepGaveUp {
    long items = 0;
    @Nullable UUID after = null;
    do {
      UUID from = after;
      Items reported =
          StepRunner.again(
              InvariantsProcess.REPORT, InvariantsSteps.class, steps -> steps.reportLostRuns(from));
      items += reported.count();
      after = reported.last();
    } while (after != null && items < MOST_REPORTS);
    return Counts.of("reported", items);
  }

  private static Counts close() throws StepGaveUp {
    long items =
        StepRunner.again(
            InvariantsProcess.CLOSE, InvariantsSteps.class, InvariantsSteps::closeReports);
    @Nullable UUID after = null;
    do {
      UUID from = after;
      Items closed =
          StepRunner.again(
              InvariantsProcess.CLOSE,
              InvariantsSteps.class,
              steps -> steps.closeItemsOfTerminatedRuns(from));
      items += closed.count();
      after = closed.last();
    } while (after != null);
    return Counts.of("closed", items);
  }

  private static Counts seal() throws StepGaveUp {
    return Counts.of(
        "sealed",
        StepRunner.again(
            InvariantsProcess.SEAL, InvariantsSteps.class, InvariantsSteps::sealAudit));
  }

  private static Counts check() throws StepGaveUp {
    return StepRunner.again(InvariantsProcess.CHECK, InvariantsSteps.class, InvariantsSteps::check);
  }
}
