package dev.mainstay.api.payroll;

import java.util.Currency;
import java.util.UUID;

/**
 * What a payment provider tells of a transfer to a vendor.
 *
 * @param payoutId as its metadata names it
 * @param reversedMinor what of it went back so far
 * @param madeAt in seconds since 1970
 */
public record TransferFact(
    String transferId,
    UUID payoutId,
    long amountMinor,
    Currency currency,
    long reversedMinor,
    long madeAt) {}
