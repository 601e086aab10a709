package dev.mainstay.workflows.purchase;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.process.OperatorSignals;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One purchase that needs more than the happy path: it waits for a trainer, or for an operator, and
 * resumes each step at the point that the facts show. Started by a split-off. Its {@code cancel}
 * ends it in any step; a signal does not decide whether money goes back.
 */
@WorkflowInterface
public interface PurchaseWorkflow extends OperatorSignals {

  /** The process. */
  String NAME = "purchase";

  /** The kind of the intake rows of purchases that were split off their batch. */
  String KIND = "purchase-alone";

  /** The workflow's id: one run per payment. */
  static String id(String provider, String paymentId) {
    return NAME + "/" + provider + "/" + paymentId;
  }

  @WorkflowMethod(name = "Purchase")
  Result run(Input input);

  /**
   * Gives the purchase the trainer that it waits for, while it looks for one or waits for an
   * operator.
   */
  @UpdateMethod(name = "assignTrainer")
  void assignTrainer(TrainerAssignment assignment);

  @UpdateValidatorMethod(updateName = "assignTrainer")
  void validateAssignTrainer(TrainerAssignment assignment);

  @SignalMethod(name = "assignTrainer")
  void signalAssignTrainer(TrainerAssignment assignment);

  /**
   * The payment went back: whatever waits looks at the facts again, and finds that the purchase has
   * ended. Changes nothing where it has not.
   */
  @SignalMethod(name = "refunded")
  void refunded();

  /**
   * A trainer of the course may be free again: a purchase that waits for one looks immediately.
   * Otherwise it changes nothing.
   */
  @SignalMethod(name = "trainerFree")
  void trainerFree();

  /**
   * Identifies the purchase, and the money at risk.
   *
   * @param purchaseId fixed at intake
   * @param amountMinor what was paid, in minor units: the money at risk while it waits
   */
  record Input(
      UUID purchaseId, long amountMinor, String currency, Waits waits, String correlationId) {}

  /**
   * How long it waits for what comes by itself.
   *
   * @param trainerInterval after which it looks for a trainer again
   * @param patience after which it needs an operator: without a trainer, or with an allocation that
   *     the admin service approved and never made active
   */
  record Waits(Duration trainerInterval, Duration patience) {

    /** As the specification has it. */
    public static final Waits DEFAULT =
        new Waits(Duration.ofMinutes(15), PurchaseSteps.TRAINER_WAIT);
  }

  /**
   * An operator's choice of a trainer.
   *
   * @param vendorId the trainer's, a UUID
   * @param by the operator
   * @param reason in the operator's words
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record TrainerAssignment(
      @Nullable String vendorId, @Nullable String by, @Nullable String reason) {
    OperatorNote note() {
      return new OperatorNote(by, reason);
    }

    /** The vendor's id, if it is one. */
    Optional<UUID> vendor() {
      try {
        return Optional.ofNullable(vendorId).map(UUID::fromString);
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }

  /** How the purchase ended, as far as this run is concerned. */
  enum Result {
    ACTIVE,
    CANCELLED,
    /** It was cancelled or refunded elsewhere. */
    ENDED
  }
}
