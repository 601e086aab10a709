package dev.mainstay.workflows.refund;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.UUID;

/** What a refund asks of the payment's provider, on the queue {@code payments}. */
@ActivityInterface
public interface RefundPayments {

  /**
   * Asks for the money back, once: whether an earlier try was heard is found out first. Succeeds
   * only with a definite answer.
   */
  @ActivityMethod(name = "askForRefund")
  Answer ask(Request request);

  /**
   * What is asked for.
   *
   * @param attempt 1 at first, one more after each definite refusal that an operator retries: a
   *     provider repeats its answer to the same attempt
   */
  record Request(UUID id, int attempt) {}

  /**
   * What the provider said.
   *
   * @param why for a person to read; empty where it was accepted
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
