package dev.mainstay.workflows.refund;

import dev.mainstay.workflows.process.OperatorSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One refund. A refund that the provider reports is a fact and only has to be booked; a refund that
 * an operator requests is first requested from the provider. The booking follows from all facts of
 * the payment together, so runs of one payment may overtake each other.
 *
 * <p>Its {@code cancel} stops asking the provider, which is asked once more whether the money went
 * back. After the provider has accepted the refund, {@code cancel} is refused.
 */
@WorkflowInterface
public interface RefundWorkflow extends OperatorSignals {

  /** The process, and the kind of its intake rows. */
  String NAME = "refund";

  /** The payment providers that support refunds from here. */
  Set<String> PROVIDERS = Set.of("stripe");

  /**
   * The id of a run that books a refund reported by the provider.
   *
   * @param totalMinor the total refunded of the payment so far, in minor units
   */
  static String id(String provider, String paymentId, long totalMinor) {
    return id(provider, paymentId, totalMinor, null);
  }

  /**
   * The same, where the total may have had a run before.
   *
   * @param occasion what makes it count again, as {@code failed-1}; null for a total that grew
   */
  static String id(String provider, String paymentId, long totalMinor, @Nullable String occasion) {
    return prefix(provider, paymentId) + totalMinor + (occasion == null ? "" : "-" + occasion);
  }

  /** The id of a run that an operator requested. */
  static String id(String provider, String paymentId, UUID requestId) {
    return prefix(provider, paymentId) + requestId;
  }

  private static String prefix(String provider, String paymentId) {
    return NAME + "/" + provider + "/" + paymentId + "/";
  }

  @WorkflowMethod(name = "Refund")
  Result run(Input input);

  /**
   * Identifies the refund.
   *
   * @param subjectId the purchase where an operator asked, else the refund's own id
   * @param requestId of {@code refund_request}, null if the provider reported the refund
   * @param amountMinor the requested amount, or the total refunded, in minor units
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
    /** The refund is booked as the facts say. */
    BOOKED,
    /** The payment has not come; should it ever, its purchase's first step books the refund. */
    WAITS_FOR_PAYMENT,
    /** The request was cancelled. */
    CANCELLED,
    /** The provider accepted the refund, and it did not arrive: an attention item says so. */
    FAILED
  }
}
