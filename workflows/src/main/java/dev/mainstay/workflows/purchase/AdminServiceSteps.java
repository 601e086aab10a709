package dev.mainstay.workflows.purchase;

import dev.mainstay.workflows.purchase.PurchaseSteps.Refusal;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import java.util.UUID;

/**
 * The requests to the marketplace's admin service about one purchase, and the record of its
 * decision. An exception means that the decision is unknown, or that the service was not reached:
 * asking again under the same key is safe.
 */
@ActivityInterface
public interface AdminServiceSteps {

  /** Asks for a trainer, unless the purchase has one, and records who it is. */
  @ActivityMethod(name = "allocateByAdminService")
  Answer allocate(Request request);

  /** Asks whether the allocation that it approved is active now, and records that it is. */
  @ActivityMethod(name = "confirmByAdminService")
  Answer confirm(Request request);

  /**
   * Identifies the purchase.
   *
   * @param refusals how often the service has said no to it: with the purchase's id the idempotency
   *     key
   */
  record Request(UUID purchaseId, int refusals) {}

  /**
   * The service's answer.
   *
   * @param refused at most one: why there is no trainer, or not yet
   * @param active false where the service has only approved the allocation
   */
  record Answer(List<Refusal> refused, boolean active) {}
}
