package dev.mainstay.workflows.purchase;

import dev.mainstay.workflows.attention.AttentionWait;
import dev.mainstay.workflows.purchase.PurchaseSteps.Purchases;
import dev.mainstay.workflows.purchase.PurchaseWorkflow.TrainerAssignment;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A purchase's wait for a trainer. An operator who assigns one does so by a step of its own; the
 * wait then ends, and the step allocate finds the trainer there.
 */
final class TrainerWait {

  private final Purchases purchase;
  private final AttentionWait attention;
  private final Duration interval;
  private boolean waits;
  private boolean assigned;
  private boolean free;

  TrainerWait(Purchases purchase, AttentionWait attention, Duration interval) {
    this.purchase = purchase;
    this.attention = attention;
    this.interval = interval;
  }

  /** An operator's request that cannot be fulfilled: the reason in the catalogue, and in words. */
  record Refused(String reason, String why) {}

  /**
   * Waits until it is time to look again. That is immediately if an operator has assigned a
   * trainer, or if one was reported free, even while the last look was still under way.
   */
  void untilNextLook() {
    waits = true;
    assigned = false;
    try {
      attention.waitFor(
          "a trainer to be free",
          () -> {
            var _ = Workflow.await(interval, () -> assigned || free || attention.isWoken());
          });
    } finally {
      waits = false;
      free = false;
    }
  }

  /**
   * Records that a trainer may be free: a purchase that waits looks again, as does one whose
   * current look fails.
   */
  void trainerFree() {
    free = true;
  }

  /** Why an assignment does not apply now; null where it does. */
  @Nullable String refusal(TrainerAssignment assignment) {
    String refusal =
        waits
            ? AttentionWait.validationError(assignment.note())
            : attention.refusal(OperatorAction.ASSIGN_TRAINER, assignment.note());
    return refusal == null && assignment.vendor().isEmpty() ? "vendorId is no UUID" : refusal;
  }

  /**
   * Assigns the trainer and ends the wait; an impossible assignment is recorded in the audit log.
   */
  Optional<Refused> assign(TrainerAssignment assignment) {
    Optional<Refused> refused = refused(assignment.vendor().orElseThrow());
    if (refused.isPresent()) {
      attention.record(OperatorAction.ASSIGN_TRAINER, assignment.note(), refused.get().why());
    } else {
      assigned = true;
      attention.move(OperatorAction.ASSIGN_TRAINER, assignment.note());
    }
    return refused;
  }

  private Optional<Refused> refused(UUID vendor) {
    try {
      return StepRunner.run(
              PurchaseProcess.ASSIGN_TRAINER,
              PurchaseSteps.class,
              steps -> steps.assignTrainer(purchase, vendor))
          .refused()
          .stream()
          .findFirst()
          .map(refusal -> new Refused(refusal.reason().text(), refusal.reason().explanation()));
    } catch (StepGaveUp gaveUp) {
      return Optional.of(new Refused("step-failed", gaveUp.error()));
    }
  }
}
