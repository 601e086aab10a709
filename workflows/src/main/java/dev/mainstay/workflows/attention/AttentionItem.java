package dev.mainstay.workflows.attention;

import dev.mainstay.workflows.step.OperatorAction;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an operator is told about a step that waits.
 *
 * @param process in the product's words, as {@code purchase}
 * @param businessKey the id of the workflow that waits
 * @param subjectId what it is about, as the purchase's id
 * @param step the step's name
 * @param reason one of the catalogue, as {@code duplicate-payment} or {@code step-failed}
 * @param error what went wrong, for a person to read
 * @param fingerprint equal for items of the same kind
 * @param retryEffect what a retry would do again
 * @param actions what the operator may do
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
    String correlationId) {}
