package dev.mainstay.workflows.purchase;

import dev.mainstay.workflows.attention.AttentionWait;
import dev.mainstay.workflows.process.ProcessWorkflow;
import dev.mainstay.workflows.process.StepProblem;
import dev.mainstay.workflows.purchase.PurchaseSteps.Carrier;
import dev.mainstay.workflows.purchase.PurchaseSteps.Created;
import dev.mainstay.workflows.purchase.PurchaseSteps.Outcome;
import dev.mainstay.workflows.purchase.PurchaseSteps.Purchases;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import dev.mainstay.workflows.purchase.PurchaseSteps.Refusal;
import dev.mainstay.workflows.step.Failures;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.Step;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Functions.Func1;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Create, allocate, schedule, invalidate caches; each step waits for an operator rather than fail.
 */
public final class PurchaseWorkflowImpl extends ProcessWorkflow implements PurchaseWorkflow {

  private static final Class<PurchaseSteps> STEPS = PurchaseSteps.class;

  private final Waits waits;
  private final Purchases purchase;
  private final TrainerWait trainer;
  private final AdminServiceAllocation adminService;

  @WorkflowInit
  public PurchaseWorkflowImpl(Input input) {
    super(NAME, input.purchaseId(), input.correlationId());
    atRisk(input.amountMinor(), input.currency());
    this.waits = input.waits();
    this.purchase = new Purchases(List.of(input.purchaseId()), Carrier.ALONE);
    this.trainer = new TrainerWait(purchase, attention, waits.trainerInterval());
    this.adminService = new AdminServiceAllocation(input.purchaseId(), attention);
  }

  @Override
  public Result run(Input ignored) {
    Result result = complete(this::carry, this::undo);
    PurchaseOutcome.count(result, 1);
    return result;
  }

  private Result carry() {
    Optional<Created> created =
        accepted(PurchaseProcess.CREATE, STEPS, s -> s.create(purchase), Created::refused);
    boolean done =
        created.isPresent()
            && allocate(created.get())
            && accepted(
                    PurchaseProcess.SCHEDULE, STEPS, s -> s.schedule(purchase), Outcome::refused)
                .isPresent();
    if (!done) {
      return Result.ENDED;
    }
    if (created.get().cached()) {
      PurchaseCaches.invalidate(purchase);
    }
    return adminService.isToBeConfirmed() && !confirm() ? Result.ENDED : Result.ACTIVE;
  }

  private boolean allocate(Created created) {
    return created.asksAdminService()
        ? accepted(
                PurchaseProcess.ALLOCATE_BY_ADMIN_SERVICE,
                AdminServiceSteps.class,
                adminService::allocate,
                AdminServiceSteps.Answer::refused)
            .isPresent()
        : accepted(PurchaseProcess.ALLOCATE, STEPS, s -> s.allocate(purchase), Outcome::refused)
            .isPresent();
  }

  private boolean confirm() {
    return accepted(
            PurchaseProcess.CONFIRM,
            AdminServiceSteps.class,
            adminService::confirm,
            AdminServiceSteps.Answer::refused)
        .isPresent();
  }

  /** Runs a step until it refuses nothing; empty if the purchase was ended elsewhere. */
  private <S, R> Optional<R> accepted(
      Step step, Class<S> activities, Func1<S, R> call, Func1<R, List<Refusal>> refusals) {
    Instant waitsUntil = now().plus(waits.patience());
    while (true) {
      R answer = runKeepingItem(step, activities, call);
      Refusal refusal = refusals.apply(answer).stream().findFirst().orElse(null);
      if (refusal == null || refusal.reason() == Reason.ENDED) {
        resolveUnneeded();
        return refusal == null ? Optional.of(answer) : Optional.empty();
      }
      if (!now().isBefore(waitsUntil) || !waitedFor(refusal.reason())) {
        var _ = awaitOperator(step, problem(step, refusal));
        waitsUntil = now().plus(waits.patience());
      }
    }
  }

  /** Waits for what comes by itself, until the next look; false where nothing does. */
  private boolean waitedFor(Reason reason) {
    if (reason == Reason.NO_TRAINER) {
      trainer.untilNextLook();
    } else if (reason == Reason.NOT_ACTIVE) {
      adminService.untilNextLook();
    } else {
      return false;
    }
    return true;
  }

  private static StepProblem problem(Step step, Refusal refusal) {
    String reason = refusal.reason().text();
    return new StepProblem(reason, refusal.explanation(), step.name() + "/" + reason);
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  private Result undo() {
    perform(PurchaseProcess.CANCEL, STEPS, s -> s.cancel(purchase));
    return Result.CANCELLED;
  }

  @Override
  public void assignTrainer(TrainerAssignment assignment) {
    Optional<TrainerWait.Refused> refused = detached(() -> trainer.assign(assignment));
    if (refused.isPresent()) {
      throw ApplicationFailure.newNonRetryableFailure(
          refused.get().why(), Failures.REFUSED, refused.get().reason());
    }
    detached(() -> {
      attention.awaitClosed();
      return true;
    });
  }

  @Override
  public void validateAssignTrainer(TrainerAssignment assignment) {
    AttentionWait.requireApplicable(trainer.refusal(assignment));
  }

  @Override
  public void signalAssignTrainer(TrainerAssignment assignment) {
    String refusal = trainer.refusal(assignment);
    if (refusal == null) {
      var _ = detached(() -> trainer.assign(assignment));
    } else {
      attention.record(OperatorAction.ASSIGN_TRAINER, assignment.note(), refusal);
    }
  }

  @Override
  public void refunded() {
    attention.wake();
  }

  @Override
  public void trainerFree() {
    trainer.trainerFree();
  }
}
