package dev.mainstay.api.attention;

import dev.mainstay.db.generated.tables.records.AttentionRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that waits for an operator, or did.
 *
 * @param businessKey the id of the workflow that waits
 * @param reason one of the catalogue, as {@code no-trainer} or {@code step-failed}
 * @param fingerprint equal for items of the same kind, which can be retried together
 * @param retryEffect what a retry would do again
 * @param ageSeconds since it was opened
 * @param amountMinor money at risk, in minor units
 * @param actions what the operator may do
 * @param resolution how its wait ended; null, with all that follows, while it is open
 */
public record AttentionItemResponse(
    UUID id,
    @Schema(example = "purchase") String process,
    String businessKey,
    String step,
    @Schema(example = "duplicate-payment") String reason,
    String error,
    @Schema(example = "create/duplicate-payment") String fingerprint,
    String retryEffect,
    Instant openedAt,
    long ageSeconds,
    @Nullable Long amountMinor,
    @Nullable String currency,
    List<String> actions,
    @Schema(allowableValues = {"open", "resolved"}) String status,
    @Schema(example = "retry") @Nullable String resolution,
    @Nullable Instant resolvedAt,
    @Nullable String resolvedBy,
    @Nullable String resolutionReason) {

  /** The item as its row is. */
  public static AttentionItemResponse of(AttentionRecord row, Instant now) {
    return new AttentionItemResponse(
        row.getId(),
        row.getProcess(),
        row.getBusinessKey(),
        row.getStep(),
        row.getReason(),
        row.getError(),
        row.getFingerprint(),
        row.getRetryEffect(),
        row.getOpenedAt(),
        Duration.between(row.getOpenedAt(), now).toSeconds(),
        row.getAmountMinor(),
        row.getCurrency(),
        Arrays.asList(row.getActions()),
        row.getStatus(),
        row.getResolution(),
        row.getResolvedAt(),
        row.getResolvedBy(),
        row.getResolutionReason());
  }
}
