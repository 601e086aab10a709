package dev.mainstay.workflows.refund;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.UUID;

/** A refund's requests to the payment's provider, on the queue {@code payments}. */
@ActivityInterface
public interface RefundPayments {

  /**
   * Asks for the money back, once: whether an earlier try was heard is found out first. Of a refund
   * that the provider has accepted it asks only how far it has come. Succeeds only with a definite
   * answer.
   */
  @ActivityMethod(name = "askForRefund")
  Answer ask(UUID requestId);

  /**
   * The operator's request is not pursued any further, unless the provider has made the refund:
   * that is found out first, and recorded.
   */
  @ActivityMethod(name = "cancelRefund")
  Answer cancel(UUID requestId);

  /**
   * The provider's answer.
   *
   * @param why the reason of a refusal, for a person to read; otherwise empty
   */
  record Answer(Outcome outcome, String why) {}

  /** Whether the money goes back. */
  enum Outcome {
    /** It went back. */
    @JsonProperty("arrived")
    ARRIVED,
    /** The provider has accepted the refund, and still has to send it. */
    @JsonProperty("pending")
    PENDING,
    /** The provider does not make the refund; another attempt may succeed. */
    @JsonProperty("refused")
    REFUSED,
    /** The provider had accepted the refund, and it did not arrive: an attention item says so. */
    @JsonProperty("failed")
    FAILED,
    /** It was cancelled, and the provider has made no refund. */
    @JsonProperty("cancelled")
    CANCELLED
  }
}
