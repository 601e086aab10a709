package dev.mainstay.api.schedule;

import dev.mainstay.api.request.FieldFormats;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Why an operator does it.
 *
 * @param reason kept in the audit log
 */
public record OperatorReason(
    @Schema(format = FieldFormats.LINE, maxLength = 500, example = "before the launch")
        String reason) {}
