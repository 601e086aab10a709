package dev.mainstay.api.payroll;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The least that is paid out: the body of {@code PUT /payroll/minimums/{currency}}.
 *
 * @param minimumMinor in minor units of the currency; exactly as much is paid
 */
record PayoutMinimumRequest(
    @Schema(minimum = "0", maximum = "9007199254740991", example = "5000") long minimumMinor) {}
