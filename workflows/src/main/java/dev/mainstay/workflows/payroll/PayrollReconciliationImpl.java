package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.payroll.ReconciliationSteps.Collected;
import dev.mainstay.workflows.payroll.ReconciliationSteps.Window;
import dev.mainstay.workflows.step.Step;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import dev.mainstay.workflows.sweep.Sweep;
import io.temporal.workflow.Functions.Func1;
import org.jspecify.annotations.Nullable;

/** Hears the provider's side first, then compares. */
public final class PayrollReconciliationImpl implements PayrollReconciliation {

  @Override
  public Counts run() {
    return Sweep.run(
        NAME,
        nominal -> {
          var window = new Window(nominal.minus(LOOKS_BACK), nominal);
          return collect(window)
              .plus(
                  Counts.of(
                      "differences", on(PayrollProcess.COMPARE, steps -> steps.compare(window))));
        });
  }

  private static Counts collect(Window window) throws StepGaveUp {
    long transfers = 0;
    @Nullable String next = null;
    do {
      String after = next;
      Collected some = on(PayrollProcess.COLLECT, steps -> steps.collect(window, after));
      transfers += some.transfers();
      next = some.next();
    } while (next != null);
    return Counts.of("transfers", transfers);
  }

  private static <R> R on(Step step, Func1<ReconciliationSteps, R> call) throws StepGaveUp {
    return StepRunner.run(step, ReconciliationSteps.class, call);
  }
}
