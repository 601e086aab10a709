package dev.mainstay.workflows.attention;

import dev.mainstay.workflows.step.OperatorAction;
import java.util.UUID;

/** A workflow whose steps wait for operators: it understands {@link AttentionSignals}. */
public abstract class AttendedWorkflow implements AttentionSignals {

  protected final AttentionWait attention;

  /**
   * @param subjectId what the workflow is about, as the purchase's id
   * @param correlationId of the request that started it
   */
  protected AttendedWorkflow(UUID subjectId, String correlationId) {
    this.attention = new AttentionWait(subjectId, correlationId);
  }

  @Override
  public final void retry(OperatorNote note) {
    attention.signal(OperatorAction.RETRY, note);
  }

  @Override
  public final void retryAndTell(OperatorNote note) {
    attention.update(OperatorAction.RETRY, note);
  }

  @Override
  public final void validateRetry(OperatorNote note) {
    attention.validate(OperatorAction.RETRY, note);
  }

  @Override
  public final void skip(OperatorNote note) {
    attention.signal(OperatorAction.SKIP, note);
  }

  @Override
  public final void skipAndTell(OperatorNote note) {
    attention.update(OperatorAction.SKIP, note);
  }

  @Override
  public final void validateSkip(OperatorNote note) {
    attention.validate(OperatorAction.SKIP, note);
  }
}
