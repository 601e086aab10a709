package dev.mainstay.workflows.attention;

import dev.mainstay.workflows.SearchAttributes;
import dev.mainstay.workflows.attention.AttentionSteps.Resolution;
import dev.mainstay.workflows.step.OperatorAction;
import dev.mainstay.workflows.step.StepRunner;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A workflow's wait for an operator: records the item, shows it in search attributes, in the Web
 * UI's details and in the query {@code waitingFor}, and goes on at the signal. One per workflow.
 */
public final class AttentionWait {

  private static final String NOTHING = "nothing: it is running";

  private String waitingFor = NOTHING;
  private boolean open;
  private @Nullable OperatorNote retry;

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
      show(NOTHING);
    }
  }

  /** Called by the signal {@code retry}; changes nothing unless the workflow waits. */
  public void retry(OperatorNote note) {
    if (open) {
      retry = note;
    }
  }

  /**
   * Opens the item and waits until an operator says {@code retry}.
   *
   * @throws CanceledFailure when the workflow is cancelled meanwhile; whoever handles the
   *     cancellation calls {@link #close}
   */
  public void untilRetried(AttentionItem item) {
    open = true;
    Workflow.upsertTypedSearchAttributes(
        SearchAttributes.NEEDS_ATTENTION.valueSet(true),
        SearchAttributes.ATTENTION_REASON.valueSet(item.reason()));
    show("an operator, at step %s: %s (%s)".formatted(item.step(), item.reason(), item.error()));
    StepRunner.withoutLimit(AttentionSteps.class).open(item);
    Workflow.await(() -> retry != null);
    OperatorNote note = Objects.requireNonNull(retry);
    close(item.businessKey(), item.step(), OperatorAction.RETRY, note);
  }

  /** Resolves the open item, if there is one, also when the workflow has been cancelled. */
  public void close(String businessKey, String step, OperatorAction action, OperatorNote note) {
    if (!open) {
      return;
    }
    CancellationScope detached =
        Workflow.newDetachedCancellationScope(() ->
            StepRunner.withoutLimit(AttentionSteps.class)
                .resolve(new Resolution(businessKey, step, action, note)));
    detached.run();
    Workflow.upsertTypedSearchAttributes(
        SearchAttributes.NEEDS_ATTENTION.valueSet(false),
        SearchAttributes.ATTENTION_REASON.valueUnset());
    open = false;
    retry = null;
    show(NOTHING);
  }

  private void show(String what) {
    waitingFor = what;
    Workflow.setCurrentDetails("Waits for " + what);
  }
}
