package dev.mainstay.workflows.task;

import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.process.IntakeKind;
import dev.mainstay.workflows.process.ProcessType;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.Step;
import java.time.Duration;
import java.util.List;

/** The process task: its steps, and what starts it. How often they are tried is each task's own. */
public final class TaskProcess {

  private static final List<OperatorAction> ACTIONS =
      List.of(OperatorAction.RETRY, OperatorAction.CANCEL);
  private static final int DEFAULT_ATTEMPTS = 4;

  static final Step BEGIN = step("begin", Duration.ofSeconds(30), "takes the task over");

  /** All that a person ever did here is read and packed. */
  static final Step MAKE =
      step("make", Duration.ofMinutes(15), "makes the file anew, in place of the one before")
          .on(TaskQueues.BULK);

  static final Step SEND =
      step("send", Duration.ofMinutes(2), "sends the mail, unless it was sent")
          .on(TaskQueues.MESSAGES_EMAIL);

  /** Of what cannot be cancelled any more. */
  static final Step END = Step.of("end", "records that the task has ended", OperatorAction.RETRY);

  public static final ProcessType TYPE =
      ProcessType.of(TaskWorkflow.NAME, TaskWorkflow.class)
          .withSteps(BEGIN, MAKE, SEND, END)
          .startedBy(IntakeKind.of(TaskWorkflow.NAME, TaskIntake.class, TaskIntake::start));

  private TaskProcess() {}

  private static Step step(String name, Duration timeout, String retryEffect) {
    return new Step(name, DEFAULT_ATTEMPTS, timeout, retryEffect, ACTIONS)
        .withAttempts(DEFAULT_ATTEMPTS);
  }
}
