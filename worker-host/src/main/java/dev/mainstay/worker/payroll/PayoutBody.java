package dev.mainstay.worker.payroll;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.LocalDate;

/**
 * A payout's intake row.
 *
 * @param cadence and periodStart name the run that it belongs to
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PayoutBody(String cadence, LocalDate periodStart, long amountMinor, String currency) {}
