package dev.mainstay.api.refund;

import dev.mainstay.api.request.FieldFormats;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An operator's request for a refund: the body of {@code POST /purchases/{id}/refund}.
 *
 * @param reason in the operator's words, for the audit log
 * @param amountMinor in minor units of the payment's currency; the whole remaining amount if null
 */
record RefundRequest(
    @Schema(format = FieldFormats.LINE, maxLength = 500, example = "the student moved away")
        String reason,
    @Schema(minimum = "1", maximum = "9007199254740991", example = "5000")
        @Nullable Long amountMinor) {}
