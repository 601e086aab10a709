package dev.mainstay.api.stripe;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * Events that were acknowledged and not acted on.
 *
 * @param reason why they were set aside
 * @param count how many, since the first
 * @param lastType the type of the latest one, as the provider names it
 * @param advice what to check or change
 */
public record WebhookNotice(
    @Schema(example = "stripe") String provider,
    @Schema(example = "other-mode") String reason,
    long count,
    Instant firstAt,
    Instant lastAt,
    String lastType,
    String advice) {}
