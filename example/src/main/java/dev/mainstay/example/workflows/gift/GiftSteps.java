package dev.mainstay.example.workflows.gift;

import static dev.mainstay.workflows.TaskQueues.MESSAGES_EMAIL;
import static dev.mainstay.workflows.step.OperatorAction.CANCEL;
import static dev.mainstay.workflows.step.OperatorAction.RETRY;

import dev.mainstay.workflows.step.Step;
import io.temporal.activity.ActivityInterface;
import java.util.Optional;
import java.util.UUID;

/** The steps of a gift, each safe to run again. */
@ActivityInterface(namePrefix = "Gift")
public interface GiftSteps {

  Step RESERVE = Step.of("reserve-gift", "reserves the gift, once", RETRY, CANCEL);
  Step DELIVER = Step.of("deliver-gift", "sends the mail", RETRY, CANCEL).on(MESSAGES_EMAIL);
  Step TAKE_BACK = Step.of("take-back-gift", "takes the gift back", RETRY);

  void reserve(UUID giftId);

  /** Sends the mail to the recipient, unless it was sent. Returns why it could not be delivered. */
  Optional<String> deliver(UUID giftId);

  /** Returns false where the gift was delivered before. */
  boolean takeBack(UUID giftId);
}
