package dev.mainstay.worker.refund;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refund's intake row.
 *
 * @param purchaseId and requestId are there where an operator asked for it
 * @param amountMinor what is asked for, or went back in all
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record RefundBody(
    String provider,
    String providerPaymentId,
    @Nullable UUID purchaseId,
    @Nullable UUID requestId,
    long amountMinor,
    String currency) {}
