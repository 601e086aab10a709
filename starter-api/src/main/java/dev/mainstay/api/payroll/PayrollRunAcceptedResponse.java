package dev.mainstay.api.payroll;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/**
 * The answer to a run that was asked for.
 *
 * @param joined whether the period had its run before
 */
record PayrollRunAcceptedResponse(
    UUID id,
    @Schema(example = "payroll/weekly/2026-11-16") String workflowId,
    @Schema(example = "freezing") String status,
    boolean joined) {}
