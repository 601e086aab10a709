package dev.mainstay.example.workflows.gift;

import static dev.mainstay.example.workflows.gift.GiftSteps.DELIVER;
import static dev.mainstay.example.workflows.gift.GiftSteps.RESERVE;
import static dev.mainstay.example.workflows.gift.GiftSteps.TAKE_BACK;

import dev.mainstay.workflows.process.Claimed;
import dev.mainstay.workflows.process.ProcessWorkflow;
import io.temporal.workflow.WorkflowInit;

/** Reserve the gift, then deliver it; if it is cancelled, take it back. */
public final class GiftWorkflowImpl extends ProcessWorkflow implements GiftWorkflow {

  @WorkflowInit
  public GiftWorkflowImpl(Claimed<GiftIntake> gift) {
    super(NAME, gift.businessId(), gift.correlationId());
  }

  @Override
  public boolean run(Claimed<GiftIntake> ignored) {
    return complete(this::give, this::takeBack);
  }

  private boolean give() {
    perform(RESERVE, GiftSteps.class, steps -> steps.reserve(subjectId));
    runUntilAccepted(DELIVER, "gift-undeliverable", GiftSteps.class, s -> s.deliver(subjectId));
    return true;
  }

  private boolean takeBack() {
    boolean taken = run(TAKE_BACK, GiftSteps.class, steps -> steps.takeBack(subjectId));
    if (!taken) {
      refuseCancel("the gift was delivered");
    }
    return !taken;
  }
}
