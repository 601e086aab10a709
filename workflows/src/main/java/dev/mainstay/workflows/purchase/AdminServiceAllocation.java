package dev.mainstay.workflows.purchase;

import dev.mainstay.workflows.attention.AttentionWait;
import dev.mainstay.workflows.purchase.AdminServiceSteps.Answer;
import dev.mainstay.workflows.purchase.AdminServiceSteps.Request;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.UUID;

/**
 * A purchase's allocation by the admin service: asked on a queue of its own, under a key that
 * changes only when it has said no, and asked again for what it approved until that is active.
 */
final class AdminServiceAllocation {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final UUID purchaseId;
  private final AttentionWait attention;
  private Duration pause = FIRST_PAUSE;
  private int refusals;
  private boolean approvedOnly;

  AdminServiceAllocation(UUID purchaseId, AttentionWait attention) {
    this.purchaseId = purchaseId;
    this.attention = attention;
  }

  Answer allocate(AdminServiceSteps service) {
    Answer answer = service.allocate(request());
    if (answer.refused().stream().anyMatch(refusal -> isNo(refusal.reason()))) {
      refusals++;
    }
    approvedOnly = answer.refused().isEmpty() && !answer.active();
    return answer;
  }

  /** Whether the allocation is held, but not active yet. */
  boolean isToBeConfirmed() {
    return approvedOnly;
  }

  Answer confirm(AdminServiceSteps service) {
    return service.confirm(request());
  }

  /** Each wait is twice as long as the one before, up to an hour, unless the facts have changed. */
  void untilNextLook() {
    attention.waitFor(
        "the admin service to make the allocation active",
        () -> {
          var _ = Workflow.await(pause, attention::isWoken);
        });
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private Request request() {
    return new Request(purchaseId, refusals);
  }

  /** The service's own definite no: it would give the same answer under that key forever. */
  private static boolean isNo(Reason reason) {
    return reason == Reason.NO_TRAINER || reason == Reason.ALLOCATION_REFUSED;
  }
}
