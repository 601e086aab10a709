package dev.mainstay.workflows.purchase;

import dev.mainstay.workflows.purchase.PurchaseSteps.Carrier;
import dev.mainstay.workflows.purchase.PurchaseSteps.Purchases;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import dev.mainstay.workflows.purchase.PurchaseSteps.Refusal;
import dev.mainstay.workflows.step.Step;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Functions.Func1;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Create, allocate, schedule, invalidate caches: the happy path, cheap alone and in a flood. */
public final class PurchaseBatchWorkflowImpl implements PurchaseBatchWorkflow {

  private final List<UUID> going = new ArrayList<>();
  private int splitOff;

  @Override
  public Result run(Input input) {
    going.addAll(input.purchaseIds());
    boolean cached = create();
    allocate();
    schedule();
    if (cached && !going.isEmpty()) {
      PurchaseCaches.invalidate(purchases());
    }
    int ended = input.purchaseIds().size() - going.size() - splitOff;
    PurchaseOutcome.count(PurchaseWorkflow.Result.ACTIVE, going.size());
    PurchaseOutcome.count(PurchaseWorkflow.Result.ENDED, ended);
    return new Result(going.size(), splitOff);
  }

  private boolean create() {
    var created = attempt(PurchaseProcess.CREATE, steps -> steps.create(purchases()));
    created.ifPresent(c -> letGo(c.refused()));
    if (created.map(PurchaseSteps.Created::asksAdminService).orElse(false)) {
      // The step has split them off: a slow answer for one must not hold the others.
      splitOff += going.size();
      going.clear();
    }
    return created.map(PurchaseSteps.Created::cached).orElse(false);
  }

  private void allocate() {
    attempt(PurchaseProcess.ALLOCATE, steps -> steps.allocate(purchases()))
        .ifPresent(outcome -> letGo(outcome.refused()));
  }

  private void schedule() {
    attempt(PurchaseProcess.SCHEDULE, steps -> steps.schedule(purchases()))
        .ifPresent(outcome -> letGo(outcome.refused()));
  }

  /**
   * A step that gives up for the whole list lets each of its purchases continue alone: one bad row
   * does not hold the others. So does Temporal's cancel: cancelling a batch concerns the run, not
   * the payments of its students.
   */
  private <R> Optional<R> attempt(Step step, Func1<PurchaseSteps, R> call) {
    if (going.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(StepRunner.run(step, PurchaseSteps.class, call));
    } catch (StepGaveUp | CanceledFailure stopped) {
      Workflow.newDetachedCancellationScope(this::splitOff).run();
      splitOff += going.size();
      going.clear();
      return Optional.empty();
    }
  }

  /**
   * If this gives up too, the drainer opens attention items for the purchases: a batch has nobody
   * to wait for, and the purchases stay visible.
   */
  private void splitOff() {
    try {
      StepRunner.again(
          PurchaseProcess.SPLIT_OFF,
          PurchaseSteps.class,
          steps -> {
            steps.splitOff(purchases());
            return true;
          });
    } catch (StepGaveUp gaveUp) {
      StepRunner.withoutLimit(PurchaseSteps.class).requeue(purchases());
    }
  }

  private void letGo(List<Refusal> refused) {
    for (Refusal refusal : refused) {
      going.remove(refusal.purchaseId());
      if (refusal.reason() != Reason.ENDED) {
        splitOff++;
      }
    }
  }

  private Purchases purchases() {
    return new Purchases(going, Carrier.BATCH);
  }
}
