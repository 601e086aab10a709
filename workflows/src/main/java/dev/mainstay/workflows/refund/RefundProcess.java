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

  /** Three questions to the provider at most, of 25 s each, twice. */
  private static final Duration ASKING = Duration.ofMinutes(3);

  static final Step ASK =
      new Step(
              "ask",
              5,
              ASKING,
              "asks the provider for the money back, unless it has agreed already",
              List.of(OperatorAction.RETRY, OperatorAction.CANCEL))
          .on(TaskQueues.PAYMENTS);

  static final Step BOOK =
      Step.of("book", "books what went back and is not booked yet", OperatorAction.RETRY);

  /** Asked so seldom that an operator need not see each failure; asked without end. */
  static final Step ARRIVE =
      new Step(
              "arrive",
              5,
              ASKING,
              "asks the provider at once what it otherwise is asked every six hours",
              List.of(OperatorAction.RETRY))
          .on(TaskQueues.PAYMENTS);

  /** More attempts than usual: they outlast a request that the provider is still working on. */
  static final Step CANCEL =
      new Step(
              "cancel",
              8,
              ASKING,
              "asks the provider whether the money went back, and lets the request be where it did not",
              List.of(OperatorAction.RETRY))
          .on(TaskQueues.PAYMENTS);

  public static final ProcessType TYPE =
      ProcessType.of(RefundWorkflow.NAME, RefundWorkflow.class)
          .withSteps(ASK, ARRIVE, BOOK, CANCEL)
          .startedBy(IntakeKind.of(RefundWorkflow.NAME, RefundIntake.class, RefundIntake::start));

  private RefundProcess() {}
}
