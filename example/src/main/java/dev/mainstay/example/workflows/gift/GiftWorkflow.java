package dev.mainstay.example.workflows.gift;

import static dev.mainstay.example.workflows.gift.GiftSteps.DELIVER;
import static dev.mainstay.example.workflows.gift.GiftSteps.RESERVE;
import static dev.mainstay.example.workflows.gift.GiftSteps.TAKE_BACK;

import dev.mainstay.workflows.process.Claimed;
import dev.mainstay.workflows.process.OperatorSignals;
import dev.mainstay.workflows.process.ProcessType;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** One gift. Its {@code cancel} takes the gift back, until the mail to the recipient was sent. */
@WorkflowInterface
public interface GiftWorkflow extends OperatorSignals {

  /** The process, and the kind of its intake rows. */
  String NAME = "gift";

  ProcessType TYPE =
      ProcessType.keyed(NAME, GiftWorkflow.class, GiftIntake.class, RESERVE, DELIVER, TAKE_BACK);

  /** Returns whether the gift was delivered. */
  @WorkflowMethod(name = "Gift")
  boolean run(Claimed<GiftIntake> gift);
}
