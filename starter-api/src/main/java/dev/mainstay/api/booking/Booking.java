package dev.mainstay.api.booking;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A booking as its facts are.
 *
 * @param status the furthest that it came; {@code paidAt} and {@code deliveredAt} are facts of
 *     their own
 * @param provider of the payment, with {@code providerPaymentId}; null where no provider knows it
 * @param paymentConfirmedAt when the provider confirmed the payment; null where it has not, or
 *     cannot
 * @param reminderSentAt when the customer was reminded of it, on the first channel that took it;
 *     null as long as that is not so
 */
record Booking(
    UUID id,
    UUID vendorId,
    UUID customerId,
    String service,
    @Nullable String subject,
    @Nullable String place,
    Instant startsAt,
    String zone,
    long priceMinor,
    String currency,
    @Nullable Instant paymentDueAt,
    @Schema(allowableValues = {"open", "paid", "completed", "cancelled"}) String status,
    @Nullable Instant paidAt,
    @Nullable String provider,
    @Nullable String providerPaymentId,
    @Nullable Instant paymentConfirmedAt,
    @Nullable Instant deliveredAt,
    @Nullable Instant cancelledAt,
    @Nullable Instant reminderSentAt,
    boolean imported,
    boolean testData,
    Instant createdAt) {}
