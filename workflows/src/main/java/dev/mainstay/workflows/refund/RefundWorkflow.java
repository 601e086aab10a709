package dev.mainstay.workflows.refund;

import dev.mainstay.workflows.process.OperatorSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One refund. Told by the provider it is a fact, and only has to be booked; asked for by an
 * operator it is first asked of the provider. What is booked follows from all facts of the payment
 * together, so runs of one payment may overtake each other.
 *
 * <p>Its {@code cancel} gives up asking the provider; once the provider has said yes it is refused:
 * money that went back is a fact.
 */
@WorkflowInterface
public interface RefundWorkflow extends OperatorSignals {

  /** The process, and the kind of its intake rows. */
  String NAME = "refund";

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
    return NAME + "/" + provider + "/" + paymentId + "/";
  }

  @WorkflowMethod(name = "Refund")
  Result run(Input input);

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
