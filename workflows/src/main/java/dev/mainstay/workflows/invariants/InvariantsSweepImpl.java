package dev.mainstay.workflows.invariants;

import dev.mainstay.workflows.invariants.InvariantsSteps.Closed;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import dev.mainstay.workflows.sweep.Sweep;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Closes, seals, and then asks: what was closed may be what the checker finds. */
public final class InvariantsSweepImpl implements InvariantsSweep {

  @Override
  public Counts run() {
    return Sweep.run(NAME, _ -> close().plus(seal()).plus(check()));
  }

  private static Counts close() throws StepGaveUp {
    long items = 0;
    @Nullable UUID after = null;
    do {
      UUID from = after;
      Closed closed =
          StepRunner.again(
              InvariantsProcess.CLOSE,
              InvariantsSteps.class,
              steps -> steps.closeItemsOfTerminatedRuns(from));
      items += closed.items();
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
