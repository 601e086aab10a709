package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.process.IntakeKind;
import dev.mainstay.workflows.process.ProcessType;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.Step;
import java.time.Duration;
import java.util.List;

/** The process payout: its steps, and what starts it. */
public final class PayoutProcess {

  private static final Duration SHORT = Duration.ofSeconds(30);

  /** Three questions to the provider, of 25 s each at most, twice; and a wait for the rate. */
  private static final Duration ASKING = Duration.ofMinutes(5);

  static final Step LOOK =
      new Step(
          "look", 5, SHORT, "reads how it stands with the payout", List.of(OperatorAction.RETRY));

  static final Step REOPEN =
      new Step("reopen", 5, SHORT, "has the payout tried again", List.of(OperatorAction.RETRY));

  static final Step PAY =
      new Step(
              "pay",
              5,
              ASKING,
              "asks the provider whether it has paid, and for the money where it has not",
              List.of(OperatorAction.RETRY, OperatorAction.CANCEL))
          .on(TaskQueues.PAYMENTS);

  /** Cannot be cancelled, as the payout may have been paid. */
  static final Step FIND_OUT =
      new Step(
              "find-out",
              5,
              ASKING,
              "asks the provider at once what it otherwise is asked every hour",
              List.of(OperatorAction.RETRY))
          .on(TaskQueues.PAYMENTS);

  static final Step CANCEL =
      new Step(
              "cancel",
              5,
              ASKING,
              "asks the provider whether it has paid, and returns the earnings to the next run where it has not",
              List.of(OperatorAction.RETRY))
          .on(TaskQueues.PAYMENTS);

  static final Step RECEIPT =
      new Step(
              "receipt",
              5,
              Duration.ofMinutes(2),
              "writes the receipt, unless there is one",
              List.of(OperatorAction.RETRY, OperatorAction.SKIP))
          .on(TaskQueues.BULK);

  public static final ProcessType TYPE =
      ProcessType.of(PayoutWorkflow.NAME, PayoutWorkflow.class)
          .withSteps(LOOK, REOPEN, PAY, FIND_OUT, CANCEL, RECEIPT)
          .startedBy(IntakeKind.of(PayoutWorkflow.NAME, PayoutIntake.class, PayoutIntake::start));

  private PayoutProcess() {}
}
