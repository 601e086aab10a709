package dev.mainstay.workflows.attention;

import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.attention.AttentionSteps.Resolution;
import dev.mainstay.workflows.attention.AttentionSteps.SignalRecord;
import dev.mainstay.workflows.step.Failures;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.StepRunner;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A workflow's wait for an operator: records the item, shows it in search attributes, in the Web
 * UI's details and in the query {@code waitingFor}, and continues when a signal moves it. One per
 * workflow.
 */
public final class AttentionWait {

  private static final String NOTHING = "nothing: it is running";

  private final UUID subjectId;
  private final String correlationId;
  private String waitingFor = NOTHING;
  private int ids;
  private boolean woken;
  private @Nullable Open open;
  private @Nullable Move move;

  /** The item that an operator sees. */
  private record Open(UUID id, AttentionItem item) {}

  /** The signal that ends the wait. */
  private record Move(OperatorAction action, OperatorNote note) {}

  /**
   * @param subjectId what the workflow is about, as the purchase's id
   * @param correlationId of the request that started it
   */
  public AttentionWait(UUID subjectId, String correlationId) {
    this.subjectId = subjectId;
    this.correlationId = correlationId;
  }

  /** In words: what the workflow waits for. */
  public String waitingFor() {
    return waitingFor;
  }

  /** Says in words what the workflow waits for while it waits for something that is no operator. */
  public void waitFor(String what, Runnable waiting) {
    show(what);
    try {
      waiting.run();
    } finally {
      woken = false;
      show(NOTHING);
    }
  }

  /**
   * Called when the facts have changed: whatever waits looks again. An open item stays open until
   * {@link #close}.
   */
  public void wake() {
    woken = true;
  }

  /** Whether what waits shall look again. */
  public boolean isWoken() {
    return woken;
  }

  /**
   * Opens the item and waits until an operator moves the step on, or until {@link #wake} is called.
   *
   * @return the operator's action, {@code retry} when woken; never {@code cancel}, as that cancels
   *     the wait
   * @throws CanceledFailure when the workflow is cancelled meanwhile; the code that handles the
   *     cancellation must call {@link #close}
   */
  public OperatorAction awaitOperator(AttentionItem item) {
    // A step that was woken but cannot proceed keeps waiting under its open item.
    UUID id = open != null && open.item().step().equals(item.step()) ? open.id() : newId();
    open = new Open(id, item);
    Workflow.upsertTypedSearchAttributes(
        SearchAttributes.NEEDS_ATTENTION.valueSet(true),
        SearchAttributes.ATTENTION_REASON.valueSet(item.reason()));
    show("an operator, at step %s: %s (%s)".formatted(item.step(), item.reason(), item.error()));
    steps().open(item, id);
    Workflow.await(() -> move != null || woken);
    woken = false;
    Move moved = move;
    if (moved == null) {
      return OperatorAction.RETRY;
    }
    var _ = close(moved.action(), moved.note());
    return moved.action();
  }

  /** Ends the wait of a step that allows the action; what no step waited for is just recorded. */
  public void move(OperatorAction action, OperatorNote note) {
    if (open == null || !open.item().actions().contains(action)) {
      record(action, note, null);
    } else if (move == null) {
      move = new Move(action, note);
    }
  }

  /**
   * Resolves the open item, also when the workflow has been cancelled.
   *
   * @return whether there was one, so that the audit log has what the operator did
   */
  public boolean close(OperatorAction action, OperatorNote note) {
    Open closing = open;
    if (closing == null) {
      return false;
    }
    detached(() ->
        steps()
            .resolve(
                new Resolution(
                    closing.item().businessKey(),
                    closing.item().step(),
                    action,
                    note,
                    closing.id(),
                    subjectId,
                    correlationId)));
    Workflow.upsertTypedSearchAttributes(
        SearchAttributes.NEEDS_ATTENTION.valueSet(false),
        SearchAttributes.ATTENTION_REASON.valueUnset());
    open = null;
    move = null;
    show(NOTHING);
    return true;
  }

  /** Waits until the open item is resolved; returns immediately if none is open. */
  public void awaitClosed() {
    Open closing = open;
    Workflow.await(() -> closing == null || !closing.equals(open));
  }

  /** Why a signal does not apply to the step that waits; null where it does. */
  public @Nullable String refusal(OperatorAction action, OperatorNote note) {
    String error = validationError(note);
    if (error != null) {
      return error;
    }
    if (open == null) {
      return "no step waits for an operator";
    }
    AttentionItem item = open.item();
    return item.actions().contains(action)
        ? null
        : "step %s does not allow %s".formatted(item.step(), action.text());
  }

  /** The error message for an incomplete note; null if the note is complete. */
  public static @Nullable String validationError(OperatorNote note) {
    return note.isIncomplete() ? "a signal says by whom and for what reason" : null;
  }

  /**
   * Records a signal: that it was done, or why it was refused.
   *
   * @param refusal null where it was done
   */
  public void record(OperatorAction action, OperatorNote note, @Nullable String refusal) {
    var signal =
        new SignalRecord(
            newId(),
            Workflow.getInfo().getWorkflowId(),
            subjectId,
            action,
            note,
            refusal,
            correlationId);
    detached(() -> steps().record(signal));
  }

  /** Refuses an update, by its validator: nothing of it is kept. */
  public static void requireApplicable(@Nullable String refusal) {
    if (refusal != null) {
      throw ApplicationFailure.newNonRetryableFailure(refusal, Failures.NOT_APPLICABLE);
    }
  }

  /** Does what a plain signal asks for, or records why it does not apply. */
  public void signal(OperatorAction action, OperatorNote note) {
    String refusal = refusal(action, note);
    if (refusal == null) {
      move(action, note);
    } else {
      record(action, note, refusal);
    }
  }

  /** Does what an update asks for, and returns when it is done, be the run cancelled meanwhile. */
  public void update(OperatorAction action, OperatorNote note) {
    signal(action, note);
    detached(this::awaitClosed);
  }

  /** Refuses an update that does not apply. */
  public void validate(OperatorAction action, OperatorNote note) {
    requireApplicable(refusal(action, note));
  }

  private static AttentionSteps steps() {
    return StepRunner.withoutLimit(AttentionSteps.class);
  }

  /** Completes the recording even if the workflow has been cancelled. */
  private static void detached(Runnable recording) {
    Workflow.newDetachedCancellationScope(recording).run();
  }

  /**
   * UUID v7, as the tables' own ids are, so that a list by id is a list by time. Not of {@link
   * Workflow#randomUUID}, whose use would change the ids of the activities that follow.
   */
  private UUID newId() {
    String name = Workflow.getInfo().getRunId() + "/attention/" + ids++;
    UUID hash = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    return new UUID(
        (Workflow.currentTimeMillis() << 16) | 0x7000L | (hash.getMostSignificantBits() & 0xFFF),
        hash.getLeastSignificantBits());
  }

  private void show(String what) {
    waitingFor = what;
    Workflow.setCurrentDetails("Waits for " + what);
  }
}
