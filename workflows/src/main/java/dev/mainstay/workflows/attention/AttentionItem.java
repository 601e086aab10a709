package dev.mainstay.workflows.attention;

import dev.mainstay.workflows.step.OperatorAction;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The attention item of a step that waits: the information that an operator gets.
 *
 * @param process in the product's words, as {@code purchase}
 * @param businessKey the id of the workflow that waits
 * @param subjectId the id of the subject, as the purchase's id
 * @param step the step's name
 * @param reason one of the catalogue, as {@code duplicate-payment} or {@code step-failed}
 * @param error a description of the error, for a person to read
 * @param fingerprint equal for items of the same kind
 * @param retryEffect the effect that a retry repeats
 * @param actions the actions open to the operator
 * @param amountMinor money at risk in minor units, null with currency where there is none
 * @param correlationId of the request that started the process
 */
public record AttentionItem(
    String process,
    String businessKey,
    UUID subjectId,
    String step,
    String reason,
    String error,
    String fingerprint,
    String retryEffect,
    List<OperatorAction> actions,
    @Nullable Long amountMinor,
    @Nullable String currency,
    String correlationId) {

  /**
   * The steps of items behind which no run waits, so that an operator's action is all there is to
   * it: a request that never began, a payment that starts nothing, a run that was lost, a refund
   * that was accepted and failed.
   */
  public static final List<String> STEPS_WITHOUT_RUN = List.of("start", "take-in", "run", "failed");
}
