package dev.mainstay.workflows.refund;

import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.process.IntakeKind;
import dev.mainstay.workflows.process.ProcessType;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.Step;
import java.time.Duration;
import java.util.List;

/** The process refund: its steps, and what starts it. */
public final class RefundProcess {

  /** Three questions to the provider at most, of 20 s each. */
  static final Step ASK =
      new Step(
              "ask",
              5,
              Duration.ofSeconds(90),
              "asks the provider for the money back, unless it has agreed already",
              List.of(OperatorAction.RETRY, OperatorAction.CANCEL))
          .on(TaskQueues.PAYMENTS);

  static final Step BOOK =
      Step.of("book", "books what went back and is not booked yet", OperatorAction.RETRY);

  static final Step CANCEL = Step.of("cancel", "lets the request be", OperatorAction.RETRY);

  public static final ProcessType TYPE =
      ProcessType.of(RefundWorkflow.NAME, RefundWorkflow.class)
          .withSteps(ASK, BOOK, CANCEL)
          .startedBy(IntakeKind.of(RefundWorkflow.NAME, RefundIntake.class, RefundIntake::start));

  private RefundProcess() {}
}
