package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.payroll.ReconciliationSteps.Collected;
import dev.mainstay.workflows.payroll.ReconciliationSteps.Window;
import dev.mainstay.workflows.step.Step;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import dev.mainstay.workflows.sweep.Sweep;
import io.temporal.workflow.Functions.Func1;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hears the provider's side first, then compares. */
public final class PayrollReconciliationImpl implements PayrollReconciliation {

  private static final Step COLLECT = step("collect", Duration.ofMinutes(15));
  private static final Step COMPARE = step("compare", Duration.ofMinutes(30));

  @Override
  public Counts run() {
    return Sweep.run(
        NAME,
        nominal -> {
          var window = new Window(nominal.minus(LOOKS_BACK), nominal);
          return collect(window)
              .plus(Counts.of("differences", on(COMPARE, steps -> steps.compare(window))));
        });
  }

  private static Counts collect(Window window) throws StepGaveUp {
    long transfers = 0;
    @Nullable String next = null;
    do {
      String after = next;
      Collected some = on(COLLECT, steps -> steps.collect(window, after));
      transfers += some.transfers();
      next = some.next();
    } while (next != null);
    return Counts.of("transfers", transfers);
  }

  private static <R> R on(Step step, Func1<ReconciliationSteps, R> call) throws StepGaveUp {
    return StepRunner.runOn(TaskQueues.PAYMENTS, step, ReconciliationSteps.class, call);
  }

  private static Step step(String name, Duration timeout) {
    return new Step(name, 3, timeout, "the next run does it again", List.of());
  }
}
