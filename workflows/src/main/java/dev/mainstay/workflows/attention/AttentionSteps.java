package dev.mainstay.workflows.attention;

import dev.mainstay.workflows.step.OperatorAction;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens and resolves attention items, and records signals in the audit log. */
@ActivityInterface
public interface AttentionSteps {

  /**
   * Opens the item, once. A purchase that it is about becomes {@code attention}.
   *
   * @param id made by the workflow, so that an attempt that comes late cannot open again what was
   *     resolved; null in tasks of workers that knew no ids
   */
  @ActivityMethod(name = "openAttention")
  void open(AttentionItem item, @Nullable UUID id);

  /**
   * Resolves the item and records what the operator did; a purchase that it was about goes back to
   * what it was.
   */
  @ActivityMethod(name = "resolveAttention")
  void resolve(Resolution resolution);

  /** Records a signal that resolved no item, or that did not apply. */
  @ActivityMethod(name = "recordSignal")
  void record(SignalRecord signal);

  /**
   * How a step's wait ended.
   *
   * @param businessKey of the item
   * @param step of the item
   * @param action what the operator chose
   * @param itemId null in tasks of workers that knew no ids, as are the other two
   * @param subjectId what it is about
   */
  record Resolution(
      String businessKey,
      String step,
      OperatorAction action,
      OperatorNote note,
      @Nullable UUID itemId,
      @Nullable UUID subjectId,
      @Nullable String correlationId) {}

  /**
   * A signal for the audit log.
   *
   * @param id of the record, so that it is written once
   * @param businessKey the id of the workflow that was sent it
   * @param refusal why it did not apply; null where it was done
   */
  record SignalRecord(
      UUID id,
      String businessKey,
      UUID subjectId,
      OperatorAction action,
      OperatorNote note,
      @Nullable String refusal,
      String correlationId) {}
}
