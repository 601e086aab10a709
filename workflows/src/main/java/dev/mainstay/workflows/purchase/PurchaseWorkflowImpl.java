package dev.mainstay.workflows.purchase;

import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionWait;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.purchase.PurchaseSteps.Carrier;
import dev.mainstay.workflows.purchase.PurchaseSteps.Created;
import dev.mainstay.workflows.purchase.PurchaseSteps.Outcome;
import dev.mainstay.workflows.purchase.PurchaseSteps.Purchases;
import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import dev.mainstay.workflows.purchase.PurchaseSteps.Refusal;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.Step;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
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
public final class PurchaseWorkflowImpl implements PurchaseWorkflow {

  // Specification, §1: no trainer is tried again every 15 minutes and becomes an attention item
  // after 24 hours.
  private static final Duration TRAINER_PAUSE = Duration.ofMinutes(15);
  private static final Duration TRAINER_PATIENCE = Duration.ofHours(24);

  private static final Class<PurchaseSteps> STEPS = PurchaseSteps.class;

  private final Input input;
  private final Purchases purchase;
  private final AttentionWait attention = new AttentionWait();
  private final CancellationScope steps;
  private Step step = PurchaseStep.CREATE;
  private Result result = Result.ACTIVE;
  private @Nullable Cancellation cancellation;

  @WorkflowInit
  public PurchaseWorkflowImpl(Input input) {
    this.input = input;
    this.purchase = new Purchases(List.of(input.purchaseId()), Carrier.ALONE);
    this.steps = Workflow.newCancellationScope(() -> result = runSteps());
  }

  @Override
  public Result run(Input ignored) {
    try {
      steps.run();
      return result;
    } catch (CanceledFailure cancelled) {
      return undo();
    }
  }

  private Result runSteps() {
    Optional<Created> created =
        untilDone(PurchaseStep.CREATE, s -> s.create(purchase), Created::refused);
    boolean done =
        created.isPresent()
            && untilDone(PurchaseStep.ALLOCATE, s -> s.allocate(purchase), Outcome::refused)
                .isPresent()
            && untilDone(PurchaseStep.SCHEDULE, s -> s.schedule(purchase), Outcome::refused)
                .isPresent();
    if (!done) {
      return Result.ENDED;
    }
    if (created.get().cached()) {
      PurchaseCaches.invalidate(purchase);
    }
    return Result.ACTIVE;
  }

  /** Runs a step until it is done; empty when the purchase was ended by somebody else. */
  private <R> Optional<R> untilDone(
      Step next, Func1<PurchaseSteps, R> call, Func1<R, List<Refusal>> refusals) {
    step = next;
    Instant patience = now().plus(TRAINER_PATIENCE);
    boolean retried = false;
    while (true) {
      AttentionItem item;
      try {
        R done = retried ? StepRunner.again(step, STEPS, call) : StepRunner.run(step, STEPS, call);
        Optional<Reason> refused = refusals.apply(done).stream().findFirst().map(Refusal::reason);
        if (refused.isEmpty()) {
          return Optional.of(done);
        }
        Reason reason = refused.get();
        if (reason == Reason.ENDED) {
          return Optional.empty();
        }
        if (reason == Reason.NO_TRAINER && now().isBefore(patience)) {
          attention.waitFor("a trainer to be free", () -> Workflow.sleep(TRAINER_PAUSE));
          continue;
        }
        item = item(reason);
      } catch (StepGaveUp gaveUp) {
        item = item("step-failed", gaveUp.error(), gaveUp.fingerprint());
      }
      attention.untilRetried(item);
      patience = now().plus(TRAINER_PATIENCE);
      retried = true;
    }
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  private Result undo() {
    OperatorNote note =
        cancellation == null
            ? new OperatorNote("temporal", "cancelled in Temporal")
            : new OperatorNote(cancellation.by(), cancellation.reason());
    Workflow.newDetachedCancellationScope(
            () -> StepRunner.withoutLimit(PurchaseSteps.class).cancel(purchase))
        .run();
    attention.close(businessKey(), step.name(), OperatorAction.CANCEL, note);
    return Result.CANCELLED;
  }

  private AttentionItem item(Reason reason) {
    return item(reason.text(), reason.explanation(), step.name() + "/" + reason.text());
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
        step.repeats(),
        step.actions(),
        input.amountMinor(),
        input.currency(),
        input.correlationId());
  }

  private static String businessKey() {
    return Workflow.getInfo().getWorkflowId();
  }

  @Override
  public void retry(OperatorNote note) {
    attention.retry(note);
  }

  @Override
  public void cancel(Cancellation request) {
    if (cancellation == null) {
      cancellation = request;
      steps.cancel(request.reason());
    }
  }

  @Override
  public String waitingFor() {
    return attention.waitingFor();
  }
}
