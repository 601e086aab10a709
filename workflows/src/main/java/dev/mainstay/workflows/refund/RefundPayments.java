package dev.mainstay.workflows.refund;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.UUID;

/** A refund's requests to the payment's provider, on the queue {@code payments}. */
@ActivityInterface
public interface RefundPayments {

  /**
   * Asks for the money back, once: whether an earlier try was heard is found out first. Succeeds
   * only with a definite answer.
   */
  @ActivityMethod(name = "askForRefund")
  Answer ask(Request request);

  /**
   * The request.
   *
   * @param attempt 1 at first, one more after each definite refusal that an operator retries: a
   *     provider repeats its answer to the same attempt
   */
  record Request(UUID id, int attempt) {}

  /**
   * The provider's answer.
   *
   * @param why the reason, for a person to read; empty if it was accepted
   */
  record Answer(Outcome outcome, String why) {}

  /** Whether the money goes back. */
  enum Outcome {
    @JsonProperty("accepted")
    ACCEPTED,
    @JsonProperty("refused")
    REFUSED
  }
}
