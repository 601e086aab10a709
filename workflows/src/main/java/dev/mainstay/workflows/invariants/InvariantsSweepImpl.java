package dev.mainstay.workflows.invariants;

import dev.mainstay.workflows.invariants.InvariantsSteps.Closed;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.step.Step;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import dev.mainstay.workflows.sweep.Sweep;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Closes, seals, and then asks: what was closed may be what the checker finds. */
public final class InvariantsSweepImpl implements InvariantsSweep {

  private static final Step CLOSE = step("close", Duration.ofMinutes(2));
  private static final Step SEAL = step("seal", Duration.ofMinutes(5));
  private static final Step CHECK = step("check", Duration.ofMinutes(15));

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
              CLOSE, InvariantsSteps.class, steps -> steps.closeItemsOfTerminatedRuns(from));
      items += closed.items();
      after = closed.last();
    } while (after != null);
    return Counts.of("closed", items);
  }

  private static Counts seal() throws StepGaveUp {
    return Counts.of(
        "sealed", StepRunner.again(SEAL, InvariantsSteps.class, InvariantsSteps::sealAudit));
  }

  private static Counts check() throws StepGaveUp {
    return StepRunner.again(CHECK, InvariantsSteps.class, InvariantsSteps::check);
  }

  private static Step step(String name, Duration timeout) {
    return new Step(name, 3, timeout, "the next run does it again", List.of());
  }
}
