package dev.mainstay.api.attention;

import dev.mainstay.api.request.FieldFormats;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operator's request about an item, in the operator's words and with the fields that the action
 * needs. The body of every such call implements it.
 */
sealed interface OperatorRequest {

  String reason();

  /** Whether the money goes back, too. */
  default boolean givesMoneyBack() {
    return false;
  }

  /**
   * The signal's input.
   *
   * @param by the operator
   */
  Input input(String by);

  /**
   * One JSON object for all signals; a process reads what it knows.
   *
   * @param vendorId null with all actions but assignTrainer
   */
  record Input(String by, String reason, @Nullable UUID vendorId) {}

  /** The body of retry, skip and restart. */
  @Schema(name = "Reason")
  record Plain(
      @Schema(format = FieldFormats.LINE, maxLength = 500, example = "the course is there now")
          String reason)
      implements OperatorRequest {
    @Override
    public Input input(String by) {
      return new Input(by, reason, null);
    }
  }

  /**
   * The body of cancel.
   *
   * @param refund whether the money goes back, false where not given; of meaning for a purchase
   */
  @Schema(name = "Cancellation")
  record Cancellation(
      @Schema(format = FieldFormats.LINE, maxLength = 500, example = "paid twice") String reason,
      @Nullable Boolean refund)
      implements OperatorRequest {
    @Override
    public Input input(String by) {
      return new Input(by, reason, null);
    }

    @Override
    public boolean givesMoneyBack() {
      return Boolean.TRUE.equals(refund);
    }
  }

  /**
   * The body of adopt and not-ours.
   *
   * @param transferId the provider's id of the only transfer that it is about; null for all
   */
  @Schema(name = "TransferDecision")
  record TransferDecision(
      @Schema(format = FieldFormats.LINE, maxLength = 500, example = "paid before the restore")
          String reason,
      @Schema(format = FieldFormats.LINE, maxLength = 100, example = "tr_1")
          @Nullable String transferId)
      implements OperatorRequest {
    @Override
    public Input input(String by) {
      return new Input(by, reason, null);
    }
  }

  /** The body of assign-trainer. */
  @Schema(name = "TrainerAssignment")
  record TrainerAssignment(
      UUID vendorId,
      @Schema(format = FieldFormats.LINE, maxLength = 500, example = "she agreed by phone")
          String reason)
      implements OperatorRequest {
    @Override
    public Input input(String by) {
      return new Input(by, reason, vendorId);
    }
  }
}
