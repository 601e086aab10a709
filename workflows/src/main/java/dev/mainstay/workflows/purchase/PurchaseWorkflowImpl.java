package dev.mainstay.workflows.purchase;

import dev.mainstay.workflows.attention.AttendedWorkflow;
import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionWait;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.purchase.PurchaseSteps.Carrier;
import dev.mainstay.workflows.purchase.PurchaseSteps.Created;
import dev.mainstay.workflows.purchase.PurchaseSteps.Outcome;
import dev.mainstay.workflows.purchase.PurchaseSteps.Purchases;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import dev.mainstay.workflows.purchase.PurchaseSteps.Refunding;
import dev.mainstay.workflows.purchase.PurchaseSteps.Refusal;
import dev.mainstay.workflows.step.Failures;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.Step;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Functions.Func1;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Create, allocate, schedule, invalidate caches; each step waits for an operator rather than fail.
 */
public final class PurchaseWorkflowImpl extends AttendedWorkflow implements PurchaseWorkflow {

  private static final Duration PATIENCE = PurchaseSteps.TRAINER_WAIT;

  private static final OperatorNote WOKEN =
      new OperatorNote("mainstay", "the facts have changed, and it need not wait any more");

  private static final Class<PurchaseSteps> STEPS = PurchaseSteps.class;

  private final Input input;
  private final Purchases purchase;
  private final TrainerWait trainer;
  private final AdminServiceAllocation adminService;
  private final CancellationScope steps;
  private Step step = PurchaseProcess.CREATE;
  private Result result = Result.ACTIVE;
  private boolean ended;
  private @Nullable Cancellation cancellation;

  @WorkflowInit
  public PurchaseWorkflowImpl(Input input) {
    super(input.purchaseId(), input.correlationId());
    this.input = input;
    this.purchase = new Purchases(List.of(input.purchaseId()), Carrier.ALONE);
    this.trainer = new TrainerWait(purchase, attention);
    this.adminService = new AdminServiceAllocation(input.purchaseId(), attention);
    this.steps = Workflow.newCancellationScope(() -> result = runSteps());
  }

  @Override
  public Result run(Input ignored) {
    try {
      steps.run();
    } catch (CanceledFailure cancelled) {
      Workflow.newDetachedCancellationScope(this::undo).run();
      result = Result.CANCELLED;
    }
    PurchaseOutcome.count(result, 1);
    ended = true;
    Workflow.newDetachedCancellationScope(() -> Workflow.await(Workflow::isEveryHandlerFinished))
        .run();
    return result;
  }

  private Result runSteps() {
    Optional<Created> created =
        runUntilDone(PurchaseProcess.CREATE, s -> s.create(purchase), Created::refused);
    boolean done =
        created.isPresent()
            && allocate(created.get())
            && runUntilDone(PurchaseProcess.SCHEDULE, s -> s.schedule(purchase), Outcome::refused)
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
        ? runUntilAccepted(
                PurchaseProcess.ALLOCATE_BY_ADMIN_SERVICE,
                _ -> adminService.allocate(),
                AdminServiceSteps.Answer::refused)
            .isPresent()
        : runUntilDone(PurchaseProcess.ALLOCATE, s -> s.allocate(purchase), Outcome::refused)
            .isPresent();
  }

  private boolean confirm() {
    return runUntilAccepted(
            PurchaseProcess.CONFIRM, _ -> adminService.confirm(), AdminServiceSteps.Answer::refused)
        .isPresent();
  }

  /** Runs a step until it is done; empty when the purchase was ended by somebody else. */
  private <R> Optional<R> runUntilDone(
      Step next, Func1<PurchaseSteps, R> call, Func1<R, List<Refusal>> refusals) {
    return runUntilAccepted(
        next,
        again -> again ? StepRunner.again(next, STEPS, call) : StepRunner.run(next, STEPS, call),
        refusals);
  }

  private <R> Optional<R> runUntilAccepted(
      Step next, Look<R> look, Func1<R, List<Refusal>> refusals) {
    step = next;
    Instant patience = now().plus(PATIENCE);
    boolean retried = false;
    while (true) {
      AttentionItem item;
      try {
        R done = look.take(retried);
        Optional<Refusal> refused = refusals.apply(done).stream().findFirst();
        if (refused.isEmpty() || refused.get().reason() == Reason.ENDED) {
          var _ = attention.close(OperatorAction.RETRY, WOKEN);
          return refused.isEmpty() ? Optional.of(done) : Optional.empty();
        }
        Reason reason = refused.get().reason();
        if (reason == Reason.NO_TRAINER && now().isBefore(patience)) {
          trainer.untilNextLook();
          continue;
        }
        if (reason == Reason.NOT_ACTIVE && now().isBefore(patience)) {
          adminService.untilNextLook();
          continue;
        }
        item = item(refused.get());
      } catch (StepGaveUp gaveUp) {
        item = item("step-failed", gaveUp.error(), gaveUp.fingerprint());
      }
      attention.awaitOperator(item);
      patience = now().plus(PATIENCE);
      retried = true;
    }
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  private void undo() {
    OperatorNote note =
        cancellation == null
            ? new OperatorNote("temporal", "cancelled in Temporal")
            : cancellation.note();
    boolean recorded = false;
    while (true) {
      try {
        StepRunner.again(
            PurchaseProcess.CANCEL,
            STEPS,
            s -> {
              if (cancellation != null && cancellation.refund()) {
                s.cancelAndRefund(new Refunding(purchase, note));
              } else {
                s.cancel(purchase);
              }
              return true;
            });
        recorded |= attention.close(OperatorAction.CANCEL, note);
        if (!recorded) {
          attention.record(OperatorAction.CANCEL, note, null);
        }
        return;
      } catch (StepGaveUp gaveUp) {
        recorded |= attention.close(OperatorAction.CANCEL, note);
        step = PurchaseProcess.CANCEL;
        attention.awaitOperator(item("step-failed", gaveUp.error(), gaveUp.fingerprint()));
      }
    }
  }

  private AttentionItem item(Refusal refusal) {
    String reason = refusal.reason().text();
    return item(reason, refusal.explanation(), step.name() + "/" + reason);
  }

  private AttentionItem item(String reason, String error, String fingerprint) {
    return new AttentionItem(
        "purchase",
        businessKey(),
        input.purchaseId(),
        step.name(),
        reason,
        error,
        fingerprint,
        step.retryEffect(),
        step.actions(),
        input.amountMinor(),
        input.currency(),
        input.correlationId());
  }

  private static String businessKey() {
    return Workflow.getInfo().getWorkflowId();
  }

  @Override
  public void cancel(Cancellation request) {
    String refusal = AttentionWait.validationError(request.note());
    if (refusal != null) {
      attention.record(OperatorAction.CANCEL, request.note(), refusal);
    } else if (cancellation == null) {
      cancellation = request;
      steps.cancel(request.note().reason());
    }
  }

  @Override
  public void cancelAndTell(Cancellation request) {
    cancel(request);
    Workflow.await(() -> ended);
  }

  @Override
  public void validateCancel(Cancellation request) {
    AttentionWait.requireApplicable(AttentionWait.validationError(request.note()));
  }

  @Override
  public void assignTrainer(TrainerAssignment assignment) {
    String refusal = trainer.refusal(assignment);
    if (refusal == null) {
      Workflow.newDetachedCancellationScope(() -> trainer.assign(assignment)).run();
    } else {
      attention.record(OperatorAction.ASSIGN_TRAINER, assignment.note(), refusal);
    }
  }

  @Override
  public void assignTrainerAndTell(TrainerAssignment assignment) {
    Optional<TrainerWait.Refused> refused = trainer.assign(assignment);
    if (refused.isPresent()) {
      throw ApplicationFailure.newNonRetryableFailure(
          refused.get().why(), Failures.REFUSED, refused.get().reason());
    }
    attention.awaitClosed();
  }

  @Override
  public void validateAssignTrainer(TrainerAssignment assignment) {
    AttentionWait.requireApplicable(trainer.refusal(assignment));
  }

  @Override
  public void refunded() {
    attention.wake();
  }

  @Override
  public void trainerFree() {
    trainer.trainerFree();
  }

  @Override
  public String waitingFor() {
    return attention.waitingFor();
  }

  /** One look at a step, with all its tries; again, after an operator's retry. */
  private interface Look<R> {
    R take(boolean again) throws StepGaveUp;
  }
}
