package dev.mainstay.workflows.refund;

import dev.mainstay.workflows.attention.AttentionSignals;
import dev.mainstay.workflows.attention.OperatorNote;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One refund. Told by the provider it is a fact, and only has to be booked; asked for by an
 * operator it is first asked of the provider. What is booked follows from all facts of the payment
 * together, so runs of one payment may overtake each other.
 */
@WorkflowInterface
public interface RefundWorkflow extends AttentionSignals {

  /** The payment providers that can be asked for money back. */
  Set<String> PROVIDERS = Set.of("stripe");

  /**
   * The id of a run that books what the provider told.
   *
   * @param totalMinor what had gone back of the payment in all, in minor units
   */
  static String id(String provider, String paymentId, long totalMinor) {
    return prefix(provider, paymentId) + totalMinor;
  }

  /** The id of a run that an operator asked for. */
  static String id(String provider, String paymentId, UUID requestId) {
    return prefix(provider, paymentId) + requestId;
  }

  private static String prefix(String provider, String paymentId) {
    return "refund/" + provider + "/" + paymentId + "/";
  }

  @WorkflowMethod(name = "Refund")
  Result run(Input input);

  /**
   * Gives up asking the provider. Changes nothing once the provider has said yes: money that went
   * back is a fact.
   */
  @SignalMethod(name = "cancel")
  void cancel(OperatorNote note);

  @UpdateMethod(name = "cancel")
  void cancelAndTell(OperatorNote note);

  @UpdateValidatorMethod(updateName = "cancel")
  void validateCancel(OperatorNote note);

  /** In words: what the refund waits for. */
  @QueryMethod(name = "waitingFor")
  String waitingFor();

  /**
   * Which refund.
   *
   * @param subjectId the purchase where an operator asked, else the refund's own id
   * @param requestId of {@code refund_request}, null where the provider told
   * @param amountMinor what is asked for, or went back in all, in minor units
   */
  record Input(
      String provider,
      String providerPaymentId,
      UUID subjectId,
      @Nullable UUID requestId,
      long amountMinor,
      String currency,
      String correlationId) {}

  /** How the refund ended. */
  enum Result {
    /** What the facts say is booked. */
    BOOKED,
    /** The payment has not come; should it ever, its purchase's first step books the refund. */
    WAITS_FOR_PAYMENT,
    /** It was not asked for after all. */
    CANCELLED
  }
}
