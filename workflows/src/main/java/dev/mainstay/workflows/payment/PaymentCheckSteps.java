package dev.mainstay.workflows.payment;

import static dev.mainstay.workflows.step.OperatorAction.CANCEL;
import static dev.mainstay.workflows.step.OperatorAction.RETRY;

import dev.mainstay.workflows.TaskQueues;
import dev.mainstay.workflows.process.Claimed;
import dev.mainstay.workflows.step.Step;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The only step of a payment check, safe to run again. */
@ActivityInterface
public interface PaymentCheckSteps {

  /** Two questions to the provider at most, of 20 s each. */
  Step CHECK =
      new Step(
              "check-payment",
              5,
              Duration.ofSeconds(60),
              "looks the payment up at its provider again",
              List.of(RETRY, CANCEL))
          .on(TaskQueues.PAYMENTS);

  /**
   * Looks the payment up at its provider and records that it was received.
   *
   * @return why it is not confirmed, for a person to read; empty if it is
   */
  @ActivityMethod(name = "checkPayment")
  Optional<String> check(Claimed<PaymentCheckIntake> payment);
}
