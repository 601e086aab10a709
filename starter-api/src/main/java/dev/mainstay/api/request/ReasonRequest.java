package dev.mainstay.api.request;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Why an operator does it.
 *
 * @param reason kept in the audit log
 */
public record ReasonRequest(
    @Schema(format = FieldFormats.LINE, maxLength = 500, example = "before the launch")
        String reason) {}
