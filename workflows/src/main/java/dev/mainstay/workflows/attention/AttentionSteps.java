package dev.mainstay.workflows.attention;

import dev.mainstay.workflows.step.OperatorAction;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Opens and resolves attention items. */
@ActivityInterface
public interface AttentionSteps {

  /**
   * Opens the item, once per waiting step. A purchase that it is about becomes {@code attention}.
   */
  @ActivityMethod(name = "openAttention")
  void open(AttentionItem item);

  /** Resolves the step's open item; a purchase that it was about goes back to what it was. */
  @ActivityMethod(name = "resolveAttention")
  void resolve(Resolution resolution);

  /**
   * How a step's wait ended.
   *
   * @param businessKey of the item
   * @param step of the item
   * @param action what the operator chose
   */
  record Resolution(String businessKey, String step, OperatorAction action, OperatorNote note) {}
}
