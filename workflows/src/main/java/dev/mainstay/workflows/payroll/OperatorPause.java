package dev.mainstay.workflows.payroll;

import dev.mainstay.workflows.attention.AttentionWait;
import dev.mainstay.workflows.attention.OperatorNote;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.StepRunner;
import io.temporal.workflow.Workflow;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operator's pause: nothing is paid from the request until the run is resumed, in every stage of
 * the run, and however often it is continued as new.
 */
final class OperatorPause {

  /** Why the row of a run is paused that an operator paused. */
  static final String REASON = "operator";

  private final AttentionWait attention;
  private final UUID run;
  private final Runnable stopPaying;
  private @Nullable OperatorNote held;

  /**
   * @param stopPaying begins no payout any more
   * @param held the pause that the run before had, if this one continues it
   */
  OperatorPause(
      AttentionWait attention, UUID run, Runnable stopPaying, @Nullable OperatorNote held) {
    this.attention = attention;
    this.run = run;
    this.stopPaying = stopPaying;
    this.held = held;
  }

  boolean isHeld() {
    return held != null;
  }

  /** The note of the pause that holds; null if none does. */
  @Nullable OperatorNote held() {
    return held;
  }

  /** The run was lost while it was paused, as its row says. */
  void restore() {
    held = new OperatorNote(REASON, "paused before");
  }

  /** Waits until an operator resumes; returns immediately if there is no pause. */
  void awaitResume() {
    if (held != null) {
      attention.waitFor("an operator to resume it", () -> Workflow.await(() -> held == null));
    }
  }

  /**
   * Pauses, and returns when pages that are running see it, too.
   *
   * @param refusal why it does not apply; null where it does
   */
  void pause(OperatorNote note, @Nullable String refusal) {
    if (refusal == null) {
      held = note;
      stopPaying.run();
    }
    detached(() -> {
      if (refusal == null) {
        // The row of a run that does not pay yet stays as it is.
        var _ = StepRunner.withoutLimit(PayrollSteps.class).pause(run, REASON);
      }
      attention.record(OperatorAction.PAUSE, note, refusal);
    });
  }

  void resume(OperatorNote note) {
    String refusal = refusedResume(note);
    if (refusal == null) {
      held = null;
    }
    detached(() -> attention.record(OperatorAction.RESUME, note, refusal));
  }

  /** Why it cannot be resumed; null where it can. */
  @Nullable String refusedResume(OperatorNote note) {
    String error = AttentionWait.validationError(note);
    return error == null && held == null ? "no operator paused the run" : error;
  }

  /** Completes the operator's request even if the run has been cancelled in Temporal. */
  private static void detached(Runnable work) {
    Workflow.newDetachedCancellationScope(work).run();
  }
}
