package dev.mainstay.workflows.process;

import dev.mainstay.workflows.attention.AttentionWait;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.step.OperatorAction;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Functions.Func;
import io.temporal.workflow.Functions.Func1;
import io.temporal.workflow.Functions.Proc1;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work that a cancellation ends and then undoes. It runs in a detached scope of its own, so that
 * Temporal's cancellation is the same as an operator's. A cancellation that was accepted is always
 * answered: it is done when the undo has run, or refused as too late.
 */
final class CancellableWork {

  private static final OperatorNote BY_TEMPORAL =
      new OperatorNote("temporal", "cancelled in Temporal");
  private static final OperatorNote NOT_NEEDED =
      new OperatorNote("mainstay", "the facts have changed, and it need not wait any more");

  private final AttentionWait attention;
  private final List<Promise<Void>> temporalRequests = new ArrayList<>();
  private @Nullable CancellationScope scope;
  private @Nullable Cancellation cancellation;
  private @Nullable String refusal;

  CancellableWork(AttentionWait attention) {
    this.attention = attention;
  }

  /** Hears Temporal's own cancellation from now on. */
  void listenToTemporal(Proc1<OperatorNote> signal) {
    var _ =
        CancellationScope.current()
            .getCancellationRequest()
            .thenApply(_ -> temporalRequests.add(Async.procedure(signal, BY_TEMPORAL)));
  }

  /** Whether every request from Temporal's cancellations has been carried out or recorded. */
  boolean isTemporalAnswered() {
    return temporalRequests.stream().allMatch(Promise::isCompleted);
  }

  /** Runs the work, and if it is cancelled the undo. */
  <R> R run(Func<R> work, Func1<OperatorNote, R> undo) {
    CancellationScope outer = scope;
    Holder<R> result = new Holder<>();
    CancellationScope own = Workflow.newDetachedCancellationScope(() -> result.set(work.apply()));
    scope = own;
    if (cancellation != null) {
      own.cancel(cancellation.note.reason());
    }
    try {
      own.run();
    } catch (CanceledFailure failure) {
      if (cancellation == null) {
        throw failure;
      }
    }
    scope = outer;
    Cancellation accepted = cancellation;
    if (accepted == null) {
      return result.get();
    }
    accepted.undoing = true;
    return detached(() -> {
      R undone = undo.apply(accepted.note);
      if (cancellation == accepted) {
        resolve(accepted);
        accepted.end(null);
        cancellation = null;
      }
      return undone;
    });
  }

  /** Runs work that can be cancelled inside of what cannot. */
  <R> R runPart(Func<R> part, Func1<OperatorNote, R> undo) {
    String outside = refusal;
    refusal = null;
    try {
      return run(part, undo);
    } finally {
      refusal = outside;
    }
  }

  /** Runs what nothing cancels. */
  static <R> R detached(Func<R> work) {
    Holder<R> result = new Holder<>();
    Workflow.newDetachedCancellationScope(() -> result.set(work.apply())).run();
    return result.get();
  }

  /** Why it cannot be cancelled now; null where it can. */
  @Nullable String refusal(OperatorNote note) {
    String error = AttentionWait.validationError(note);
    return error == null ? refusal : error;
  }

  /** Whether a cancellation is under way. */
  boolean isCancelled() {
    return cancellation != null;
  }

  /** Begins the cancellation, or joins the one that is under way. */
  Cancellation accept(OperatorNote note, boolean byOperator) {
    Cancellation accepted = cancellation;
    if (accepted == null) {
      accepted = new Cancellation(note, byOperator);
      cancellation = accepted;
      if (scope != null) {
        scope.cancel(note.reason());
      }
    }
    return accepted;
  }

  /** Refuses cancellations from now on, also the one that is under way. */
  void refuse(String why) {
    refusal = why;
    Cancellation tooLate = cancellation;
    if (tooLate != null) {
      cancellation = null;
      attention.record(OperatorAction.CANCEL, tooLate.note, why);
      resolveUnneeded();
      tooLate.end(why);
    }
  }

  /** Before the undo opens an item of its own, in place of the one that was cancelled. */
  void resolveCancelled() {
    if (cancellation != null && cancellation.undoing) {
      resolve(cancellation);
    }
  }

  /** Resolves the item of a step that did without an operator. */
  void resolveUnneeded() {
    if (cancellation == null) {
      var _ = attention.close(OperatorAction.RETRY, NOT_NEEDED);
    }
  }

  private void resolve(Cancellation accepted) {
    if (!accepted.resolved) {
      accepted.resolved = true;
      if (!attention.close(OperatorAction.CANCEL, accepted.note) && accepted.byOperator) {
        attention.record(OperatorAction.CANCEL, accepted.note, null);
      }
    }
  }

  /** A cancellation that was accepted. */
  static final class Cancellation {

    private final OperatorNote note;
    private final boolean byOperator;
    private boolean undoing;
    private boolean resolved;
    private boolean over;
    private String tooLate = "";

    private Cancellation(OperatorNote note, boolean byOperator) {
      this.note = note;
      this.byOperator = byOperator;
    }

    private void end(@Nullable String refused) {
      tooLate = refused == null ? "" : refused;
      over = true;
    }

    /** Waits until it is answered; why it was refused after all, empty where it is done. */
    String await() {
      return detached(() -> {
        Workflow.await(() -> over);
        return tooLate;
      });
    }
  }

  /** The result of the work that ran in a scope. */
  private static final class Holder<R> {

    private @Nullable R value;

    void set(R result) {
      value = result;
    }

    R get() {
      if (value == null) {
        throw new IllegalStateException("a process returns a result");
      }
      return value;
    }
  }
}
