package dev.mainstay.api.payroll;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * An approval of a proposal: the body of {@code POST …/approve}.
 *
 * @param hash the hash of the approved preview
 */
record PayrollApprovalRequest(
    @Schema(
            pattern = "^[0-9a-f]{64}$",
            example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String hash) {}
