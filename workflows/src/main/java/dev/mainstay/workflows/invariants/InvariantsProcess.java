package dev.mainstay.workflows.invariants;

import dev.mainstay.workflows.process.ProcessType;
import dev.mainstay.workflows.step.Step;
import java.time.Duration;
import java.util.List;

/** The process invariants: its steps. */
public final class InvariantsProcess {

  static final Step REPORT = step("report", Duration.ofMinutes(5));
  static final Step CLOSE = step("close", Duration.ofMinutes(2));
  static final Step SEAL = step("seal", Duration.ofMinutes(5));
  static final Step CHECK = step("check", Duration.ofMinutes(15));

  public static final ProcessType TYPE =
      ProcessType.of(InvariantsSweep.NAME, InvariantsSweep.class)
          .withSteps(REPORT, CLOSE, SEAL, CHECK);

  private InvariantsProcess() {}

  private static Step step(String name, Duration timeout) {
    return new Step(name, 3, timeout, "the next run does it again", List.of());
  }
}
