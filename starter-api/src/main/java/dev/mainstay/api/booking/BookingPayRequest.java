package dev.mainstay.api.booking;

import dev.mainstay.api.request.FieldFormats;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a booking was paid.
 *
 * @param provider of the payment; null with its id where no provider knows it, as for cash
 * @param providerPaymentId the provider's own id of the payment, which pays for nothing else
 * @param paidAt when; null for now
 */
record BookingPayRequest(
    @Schema(pattern = "^[a-z][a-z0-9-]{0,29}$", format = FieldFormats.PROVIDER, example = "stripe")
        @Nullable String provider,
    @Schema(format = FieldFormats.LINE, maxLength = 100, example = "pi_3Q1")
        @Nullable String providerPaymentId,
    @Nullable Instant paidAt) {}
