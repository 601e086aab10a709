package dev.mainstay.api.payroll;

import java.util.Currency;
import java.util.UUID;

/**
 * A transfer to a vendor, as a payment provider reports it.
 *
 * @param payoutId as the transfer's metadata names it
 * @param reversedMinor the amount reversed so far
 * @param madeAt in seconds since 1970
 */
public record TransferFact(
    String transferId,
    UUID payoutId,
    long amountMinor,
    Currency currency,
    long reversedMinor,
    long madeAt) {}
