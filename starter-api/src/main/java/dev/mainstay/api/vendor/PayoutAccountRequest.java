package dev.mainstay.api.vendor;

import dev.mainstay.api.request.FieldFormats;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The account that a vendor is paid to.
 *
 * @param payoutAccount the payment provider's id of the account
 * @param reason for the audit log
 */
record PayoutAccountRequest(
    @Schema(format = FieldFormats.LINE, maxLength = 100, example = "acct_1") String payoutAccount,
    @Schema(
            format = FieldFormats.LINE,
            maxLength = 500,
            example = "the vendor moved to another bank")
        String reason) {}
