package dev.mainstay.workflows.reminder;

import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.process.ProcessType;
import dev.mainstay.workflows.step.Step;
import java.time.Duration;
import java.util.List;

/** The process reminder: the steps of its parts. */
public final class ReminderProcess {

  static final Step PLAN =
      new Step("plan", 3, Duration.ofSeconds(30), "plans the pages again", List.of())
          .on(TaskQueues.BULK);

  // A page is a second of work; it is given minutes, for a database that is busy otherwise.
  static final Step WRITE =
      new Step("write", 3, Duration.ofMinutes(5), "writes what is not written yet", List.of())
          .on(TaskQueues.BULK);

  // As long as a page takes whose every message waits for the gateway's own timeout. Each message
  // counts its tries in the database, too.
  static final Step SEND =
      new Step(
              "send",
              ReminderSteps.TRIES,
              Duration.ofMinutes(15),
              "sends what still waits",
              List.of())
          .withAttempts(ReminderSteps.TRIES);

  public static final ProcessType TYPE =
      ProcessType.of("reminder", ReminderPartWorkflow.class).withSteps(PLAN, WRITE, SEND);

  private ReminderProcess() {}
}
