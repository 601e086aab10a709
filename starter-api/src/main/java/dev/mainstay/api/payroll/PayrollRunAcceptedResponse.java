package dev.mainstay.api.payroll;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/**
 * The response to a requested run.
 *
 * @param joined whether the period already had its run
 */
record PayrollRunAcceptedResponse(
    UUID id,
    @Schema(example = "payroll/weekly/2026-11-16") String workflowId,
    @Schema(example = "freezing") String status,
    boolean joined) {}
