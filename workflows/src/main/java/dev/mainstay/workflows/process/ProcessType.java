package dev.mainstay.workflows.process;

import dev.mainstay.workflows.step.Step;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process, declared once beside its contract: what an operator finds it by, what configuration
 * may change, and what starts it.
 *
 * @param name in the product's words, as {@code refund}: the search attribute {@code Process}, and
 *     the key of {@code mainstay.retry.<process>.<step>}
 * @param workflows the contracts of its workflows
 * @param steps all steps of these workflows
 * @param intake the kinds of intake row that start it; empty for what is started by a clock
 */
public record ProcessType(
    String name, List<Class<?>> workflows, List<Step> steps, List<IntakeKind<?>> intake) {

  public ProcessType {
    workflows = List.copyOf(workflows);
    steps = List.copyOf(steps);
    intake = List.copyOf(intake);
  }

  public static ProcessType of(String name, Class<?>... workflows) {
    return new ProcessType(name, List.of(workflows), List.of(), List.of());
  }

  /**
   * A process of one workflow and one kind of intake row, which has the process's name.
   *
   * @param workflow takes a {@link Claimed} row of that kind as its input
   */
  public static ProcessType keyed(String name, Class<?> workflow, Class<?> body, Step... steps) {
    return of(name, workflow).withSteps(steps).startedBy(IntakeKind.of(name, body, workflow));
  }

  public ProcessType withSteps(Step... more) {
    return new ProcessType(
        name, workflows, Stream.concat(steps.stream(), Arrays.stream(more)).toList(), intake);
  }

  public ProcessType startedBy(IntakeKind<?>... kinds) {
    return new ProcessType(name, workflows, steps, List.of(kinds));
  }
}
