package dev.mainstay.workflows.session;

import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PageOutcome;
import dev.mainstay.workflows.page.PagePlan;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import dev.mainstay.workflows.sweep.Sweep;
import dev.mainstay.workflows.sweep.SweepPosition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Pages over the trainers, each of which fills up what is short. */
public final class SessionTopUpWorkflowImpl implements SessionTopUpWorkflow {

  private static final Class<SessionTopUpSteps> STEPS = SessionTopUpSteps.class;

  @Override
  public Counts run(@Nullable SweepPosition from) {
    return Sweep.inPages(NAME, from, this::plan, this::topUp);
  }

  private PagePlan plan(@Nullable String after) throws StepGaveUp {
    return StepRunner.run(SessionTopUpProcess.PLAN, STEPS, steps -> steps.plan(after));
  }

  private PageOutcome topUp(KeyRange trainers, Instant nominal) throws StepGaveUp {
    return StepRunner.run(
        SessionTopUpProcess.TOP_UP, STEPS, steps -> steps.topUp(trainers, nominal));
  }
}
