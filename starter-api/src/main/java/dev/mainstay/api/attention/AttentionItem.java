package dev.mainstay.api.attention;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that waits for an operator.
 *
 * @param businessKey the id of the workflow that waits
 * @param reason one of the catalogue, as {@code no-trainer} or {@code step-failed}
 * @param moneyMinor money at risk, in minor units
 * @param actions what the operator may do
 */
public record AttentionItem(
    UUID id,
    @Schema(example = "purchase") String process,
    String businessKey,
    String step,
    @Schema(example = "duplicate-payment") String reason,
    String error,
    Instant openedAt,
    long ageSeconds,
    @Nullable Long moneyMinor,
    @Nullable String currency,
    List<String> actions,
    @Schema(allowableValues = {"open", "resolved"}) String status) {}
