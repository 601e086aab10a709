package dev.mainstay.workflows.session;

import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.process.ProcessType;
import dev.mainstay.workflows.step.Step;
import java.time.Duration;
import java.util.List;

/** The process session-top-up: its steps. */
public final class SessionTopUpProcess {

  static final Step PLAN =
      new Step("plan", 3, Duration.ofSeconds(30), "plans the pages again", List.of())
          .on(TaskQueues.BULK);

  // A page is a second of work; it is given minutes, for a database that is busy otherwise.
  static final Step TOP_UP =
      new Step("top-up", 3, Duration.ofMinutes(5), "fills up what is still short", List.of())
          .on(TaskQueues.BULK);

  public static final ProcessType TYPE =
      ProcessType.of(SessionTopUpWorkflow.NAME, SessionTopUpWorkflow.class).withSteps(PLAN, TOP_UP);

  private SessionTopUpProcess() {}
}
