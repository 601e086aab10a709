package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.process.ProcessWorkflow;
import dev.mainstay.workflows.step.StepRunner;
import java.util.Objects;
import java.util.UUID;

/** Freezes what is owed, page by page, and concludes whether that is what was approved. */
final class FreezeStage {

  private final ProcessWorkflow process;
  private final UUID run;
  private final PayrollPages pages;

  FreezeStage(ProcessWorkflow process, UUID run, PayrollPages pages) {
    this.process = process;
    this.run = run;
    this.pages = pages;
  }

  /** The run's next stage. */
  PayrollStage freeze() {
    PayrollPages.End end =
        pages.run(
            after ->
                StepRunner.run(
                    PayrollProcess.PLAN_FREEZE, FreezeSteps.class, steps -> steps.plan(run, after)),
            vendors ->
                StepRunner.run(
                    PayrollProcess.FREEZE, FreezeSteps.class, steps -> steps.freeze(run, vendors)));
    return switch (end) {
      case FINISHED ->
          process
              .run(PayrollProcess.CONCLUDE, FreezeSteps.class, steps -> steps.conclude(run))
              .stage();
      case STOPPED -> {
        var _ =
            process.awaitOperator(PayrollProcess.FREEZE, Objects.requireNonNull(pages.problem()));
        yield PayrollStage.FREEZE;
      }
      case TO_BE_CONTINUED -> PayrollStage.FREEZE;
    };
  }
}
