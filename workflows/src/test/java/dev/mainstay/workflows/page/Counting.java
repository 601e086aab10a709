package dev.mainstay.workflows.page;

import dev.mainstay.workflows.step.Step;
import dev.mainstay.workflows.step.StepRunner;
import dev.mainstay.workflows.sweep.Sweep;
import dev.mainstay.workflows.sweep.SweepPosition;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sweep in pages, as a capability writes one: it goes over numbers. */
@WorkflowInterface
public interface Counting {

  @WorkflowMethod
  Counts run(@Nullable SweepPosition from);

  /** Its steps. */
  @ActivityInterface
  interface Steps {
    @ActivityMethod
    PagePlan plan(@Nullable String after);

    @ActivityMethod
    PageOutcome count(KeyRange range);
  }

  /** The sweep. */
  final class Impl implements Counting {

    private static final Step PLAN =
        new Step("plan", 3, Duration.ofSeconds(30), "plans again", List.of()).on("numbers");
    private static final Step COUNT =
        new Step("count", 3, Duration.ofMinutes(1), "counts again", List.of()).on("numbers");

    @Override
    public Counts run(@Nullable SweepPosition from) {
      return Sweep.inPages(
          "counting",
          from,
          after -> StepRunner.run(PLAN, Steps.class, s -> s.plan(after)),
          (range, _) -> StepRunner.run(COUNT, Steps.class, s -> s.count(range)));
    }
  }
}
