package dev.mainstay.api.schedule;

import dev.mainstay.api.request.FieldFormats;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * The time for which a schedule is to act again: from {@code from} on, before {@code to}.
 *
 * @param from within the last 366 days
 * @param to not in the future
 * @param reason kept in the audit log
 */
record BackfillRequest(
    @Schema(example = "2026-03-01T00:00:00Z") Instant from,
    @Schema(example = "2026-03-02T00:00:00Z") Instant to,
    @Schema(format = FieldFormats.LINE, maxLength = 500, example = "Temporal was away")
        String reason) {}
