package dev.mainstay.workflows.session;

import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.page.Counts;
import dev.mainstay.workflows.page.KeyRange;
import dev.mainstay.workflows.page.PageOutcome;
import dev.mainstay.workflows.page.PagePlan;
import dev.mainstay.workflows.step.Step;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import dev.mainstay.workflows.sweep.Sweep;
import dev.mainstay.workflows.sweep.SweepPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages over the trainers, each of which fills up what is short. */
public final class SessionTopUpWorkflowImpl implements SessionTopUpWorkflow {

  private static final Class<SessionTopUpSteps> STEPS = SessionTopUpSteps.class;

  private static final Step PLAN =
      new Step("plan", 3, Duration.ofSeconds(30), "plans the pages again", List.of());

  // A page is a second of work; it is given minutes, for a database that is busy otherwise.
  private static final Step TOP_UP =
      new Step("top-up", 3, Duration.ofMinutes(5), "fills up what is still short", List.of());

  @Override
  public Counts run(@Nullable SweepPosition from) {
    return Sweep.inPages(NAME, from, this::plan, this::topUp);
  }

  private PagePlan plan(@Nullable String after) throws StepGaveUp {
    return StepRunner.runOn(TaskQueues.BULK, PLAN, STEPS, steps -> steps.plan(after));
  }

  private PageOutcome topUp(KeyRange trainers, Instant nominal) throws StepGaveUp {
    return StepRunner.runOn(
        TaskQueues.BULK, TOP_UP, STEPS, steps -> steps.topUp(trainers, nominal));
  }
}
