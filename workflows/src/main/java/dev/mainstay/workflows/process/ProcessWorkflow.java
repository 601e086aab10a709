package dev.mainstay.workflows.process;

import dev.mainstay.workflows.attention.AttentionItem;
import dev.mainstay.workflows.attention.AttentionWait;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.step.Failures;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.Step;
import dev.mainstay.workflows.step.StepGaveUp;
import dev.mainstay.workflows.step.StepRunner;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Functions.Func;
import io.temporal.workflow.Functions.Func1;
import io.temporal.workflow.Functions.Proc1;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The base of every process that waits for operators. A process extends it, writes its steps and
 * its undo, and inherits the rest: attempts, attention items, {@code retry}, {@code skip}, {@code
 * cancel}, {@code waitingFor}, and that every handler finishes before the run ends.
 *
 * <pre>{@code
 * public Result run(Input input) {
 *   return complete(this::give, this::undo);
 * }
 *
 * private Result give() {
 *   run(RESERVE, GiftSteps.class, steps -> steps.reserve(id)); // until it succeeds
 *   run(DELIVER, GiftGateway.class, gateway -> gateway.deliver(id)); // on the step's own queue
 *   return uncancellable("the gift was delivered", this::record); // a cancel is refused from here
 * }
 * }</pre>
 *
 * <p>A cancellation, an operator's or Temporal's own, ends the scope in which the work runs. The
 * step under way ends first; then the undo runs, which nothing cancels, and the open item is
 * resolved. A cancellation that arrives during the last step is not lost: the undo runs after it.
 * The update {@code cancel} returns when the undo has, and fails where it came too late.
 *
 * <p>A process of which only parts can be cancelled calls {@link #refuseCancel} in its constructor,
 * and {@link #cancellable} for each of those parts. A step that can be refused runs by {@link
 * #runUntilAccepted}, or calls {@link #awaitOperator} with a problem of its own.
 */
public abstract class ProcessWorkflow implements OperatorSignals {

  /** For waits outside of steps, and for signals beyond retry, skip and cancel. */
  protected final AttentionWait attention;

  /** The id of the process's subject, as the purchase's id. */
  protected final UUID subjectId;

  private final CancellableWork work;
  private final String process;
  private final String correlationId;
  private @Nullable Long amountMinor;
  private @Nullable String currency;

  /**
   * @param process in the product's words, as {@code purchase}
   * @param subjectId what it is about, as the purchase's id
   * @param correlationId of the request that started it
   */
  protected ProcessWorkflow(String process, UUID subjectId, String correlationId) {
    this.process = process;
    this.subjectId = subjectId;
    this.correlationId = correlationId;
    this.attention = new AttentionWait(subjectId, correlationId);
    this.work = new CancellableWork(attention);
  }

  /** The money at risk while it waits, shown in its attention items; called in the constructor. */
  protected final void atRisk(long minorUnits, String ofCurrency) {
    amountMinor = minorUnits;
    currency = ofCurrency;
  }

  /**
   * Runs the steps and, if they are cancelled, the undo; then waits for every handler. Called once,
   * as the whole of the workflow method.
   *
   * @return what the steps returned, or the undo
   */
  protected final <R> R complete(Func<R> steps, Func<R> undo) {
    return completeWith(steps, _ -> undo.apply());
  }

  /**
   * {@link #complete} for a process that cannot be cancelled, or only in {@link #cancellable}
   * parts.
   */
  protected final <R> R complete(Func<R> steps) {
    return completeWith(
        steps,
        _ -> {
          throw new IllegalStateException("it cannot be cancelled");
        });
  }

  private <R> R completeWith(Func<R> steps, Func1<OperatorNote, R> undo) {
    work.listenToTemporal(this::signalCancel);
    R result = work.run(steps, undo);
    work.refuse("the process has ended");
    return detached(() -> {
      awaitHandlers();
      Workflow.await(work::isTemporalAnswered);
      return result;
    });
  }

  /**
   * Runs a part that can be cancelled, although the process around it cannot.
   *
   * @return what the part returned, or the undo
   */
  protected final <R> R cancellable(Func<R> part, Func1<OperatorNote, R> undo) {
    return work.runPart(part, undo);
  }

  /**
   * Runs the rest of the steps, which cannot be cancelled. A cancellation that arrived during the
   * step before is refused, too.
   *
   * @param why for the operator to read
   */
  protected final <R> R uncancellable(String why, Func<R> rest) {
    work.refuse(why);
    return detached(rest);
  }

  /** Runs what no cancellation ends, as in a handler. */
  protected static <R> R detached(Func<R> uncancelled) {
    return CancellableWork.detached(uncancelled);
  }

  /**
   * Refuses to be cancelled from here on. Called in a constructor, or by an undo that finds that it
   * comes too late.
   *
   * @param why for the operator to read
   */
  protected final void refuseCancel(String why) {
    work.refuse(why);
  }

  /**
   * Cancels the process for a reason of its own, as its timeout.
   *
   * @return false where it is being cancelled already, or cannot be
   */
  protected final boolean stop(OperatorNote why) {
    if (work.isCancelled() || work.refusal(why) != null) {
      return false;
    }
    var _ = work.accept(why, false);
    return true;
  }

  /**
   * Runs a step until it succeeds: whenever its attempts are used up it waits for an operator.
   *
   * @throws CanceledFailure when the process is cancelled meanwhile
   */
  public final <S, R> R run(Step step, Class<S> activities, Func1<S, R> call) {
    return runOrSkip(step, activities, call)
        .orElseThrow(() -> new IllegalStateException(step.name() + " cannot be skipped"));
  }

  /** {@link #run} for an activity that returns nothing. */
  public final <S> void perform(Step step, Class<S> activities, Proc1<S> call) {
    var _ =
        run(
            step,
            activities,
            stub -> {
              call.apply(stub);
              return true;
            });
  }

  /** {@link #run} for a step that an operator may skip: then it is empty. */
  public final <S, R> Optional<R> runOrSkip(Step step, Class<S> activities, Func1<S, R> call) {
    Optional<R> result = attempt(step, activities, call);
    work.resolveUnneeded();
    return result;
  }

  /**
   * {@link #run} for a step whose answer may be a refusal: an item that is open stays open, for
   * {@link #awaitOperator} with the refusal, or for {@link #resolveUnneeded}.
   */
  public final <S, R> R runKeepingItem(Step step, Class<S> activities, Func1<S, R> call) {
    return attempt(step, activities, call)
        .orElseThrow(() -> new IllegalStateException(step.name() + " cannot be skipped"));
  }

  private <S, R> Optional<R> attempt(Step step, Class<S> activities, Func1<S, R> call) {
    for (boolean retried = false; true; retried = true) {
      try {
        return Optional.of(
            retried
                ? StepRunner.again(step, activities, call)
                : StepRunner.run(step, activities, call));
      } catch (StepGaveUp gaveUp) {
        if (awaitOperator(step, StepProblem.of(gaveUp)) == OperatorAction.SKIP) {
          return Optional.empty();
        }
      }
    }
  }

  /**
   * Runs a step until its answer is empty: each refusal waits for an operator.
   *
   * @param reason of the attention item, as {@code gift-undeliverable}
   * @param call returns why it was refused, for a person to read
   * @throws CanceledFailure when the process is cancelled meanwhile
   */
  protected final <S> void runUntilAccepted(
      Step step, String reason, Class<S> activities, Func1<S, Optional<String>> call) {
    for (var refusal = run(step, activities, call);
        refusal.isPresent();
        refusal = run(step, activities, call)) {
      awaitOperator(step, new StepProblem(reason, refusal.get(), step.name() + "/" + reason));
    }
  }

  /**
   * Opens an attention item for the step and waits until an operator moves it on, or until {@link
   * AttentionWait#wake woken}.
   *
   * @return what the operator chose; {@code retry} when woken
   * @throws CanceledFailure when the process is cancelled meanwhile
   */
  public final OperatorAction awaitOperator(Step step, StepProblem problem) {
    return awaitOperator(step, problem, amountMinor, currency);
  }

  /** {@link #awaitOperator} with the money that is at risk in this step alone. */
  public final OperatorAction awaitOperator(
      Step step, StepProblem problem, @Nullable Long stepMinor, @Nullable String stepCurrency) {
    work.resolveCancelled();
    return attention.awaitOperator(
        new AttentionItem(
            process,
            Workflow.getInfo().getWorkflowId(),
            subjectId,
            step.name(),
            problem.reason(),
            problem.error(),
            problem.fingerprint(),
            step.retryEffect(),
            step.actions(),
            stepMinor,
            stepCurrency,
            correlationId));
  }

  /** Resolves the open item of what did without an operator, after a {@link AttentionWait#wake}. */
  protected final void resolveUnneeded() {
    work.resolveUnneeded();
  }

  /** Waits until every handler has finished, as before the run continues as new. */
  protected static void awaitHandlers() {
    Workflow.await(Workflow::isEveryHandlerFinished);
  }

  @Override
  public final void retry(OperatorNote note) {
    attention.update(OperatorAction.RETRY, note);
  }

  @Override
  public final void validateRetry(OperatorNote note) {
    attention.validate(OperatorAction.RETRY, note);
  }

  @Override
  public final void signalRetry(OperatorNote note) {
    attention.signal(OperatorAction.RETRY, note);
  }

  @Override
  public final void skip(OperatorNote note) {
    attention.update(OperatorAction.SKIP, note);
  }

  @Override
  public final void validateSkip(OperatorNote note) {
    attention.validate(OperatorAction.SKIP, note);
  }

  @Override
  public final void signalSkip(OperatorNote note) {
    attention.signal(OperatorAction.SKIP, note);
  }

  @Override
  public final void cancel(OperatorNote note) {
    String tooLate = work.accept(note, true).await();
    if (!tooLate.isEmpty()) {
      throw ApplicationFailure.newNonRetryableFailure(tooLate, Failures.REFUSED, "too-late");
    }
  }

  @Override
  public final void validateCancel(OperatorNote note) {
    AttentionWait.requireApplicable(work.refusal(note));
  }

  @Override
  public final void signalCancel(OperatorNote note) {
    String refusal = work.refusal(note);
    if (refusal == null && work.isCancelled()) {
      refusal = "it is being cancelled already";
    }
    if (refusal == null) {
      var _ = work.accept(note, true);
    } else {
      attention.record(OperatorAction.CANCEL, note, refusal);
    }
  }

  @Override
  public final String waitingFor() {
    return attention.waitingFor();
  }
}
