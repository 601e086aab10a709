package dev.mainstay.workflows.notification;

import dev.mainstay.workflows.process.IntakeKind;
import dev.mainstay.workflows.process.Lane;
import dev.mainstay.workflows.process.ProcessType;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.Step;
import java.time.Duration;
import java.util.List;

/** The process notification: its steps, and what starts it. */
public final class NotificationProcess {

  static final Step PLAN =
      new Step(
          "plan",
          5,
          Duration.ofSeconds(30),
          "works out again who is to be told",
          List.of(OperatorAction.RETRY, OperatorAction.CANCEL));

  /** Of all that a claim took; where it gives up, each is planned by itself. */
  static final Step PLAN_ALL = PLAN.withAttempts(2);

  /** Three attempts per channel: the specification, §3. A gateway answers within seconds. */
  static final Step SEND =
      new Step(
          "send",
          3,
          Duration.ofMinutes(2),
          "sends what was not sent",
          List.of(OperatorAction.RETRY, OperatorAction.SKIP, OperatorAction.CANCEL));

  /** The first of the attempts, for all that a claim took. */
  static final Step SEND_ONCE = SEND.withAttempts(1);

  static final Step SUPPRESS =
      new Step(
          "suppress",
          5,
          Duration.ofSeconds(30),
          "lets be what was not sent",
          List.of(OperatorAction.RETRY));

  public static final ProcessType TYPE =
      ProcessType.of(
              NotificationWorkflow.NAME,
              NotificationBatchWorkflow.class,
              NotificationWorkflow.class)
          .withSteps(PLAN, SEND, SUPPRESS)
          .startedBy(
              IntakeKind.ofMany(
                      NotificationWorkflow.NAME,
                      NotificationIntake.class,
                      NotificationBatchWorkflow.MAX_BATCH_SIZE,
                      NotificationIntake::start)
                  .in(Lane.MESSAGES));

  private NotificationProcess() {}
}
