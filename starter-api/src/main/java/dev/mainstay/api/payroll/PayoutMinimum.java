package dev.mainstay.api.payroll;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Currency;

/** The least that is paid out in a currency; less is carried to the next period. */
record PayoutMinimum(
    Currency currency,
    @JsonUnwrapped PayoutMinimumRequest details,
    String changedBy,
    Instant changedAt) {}
