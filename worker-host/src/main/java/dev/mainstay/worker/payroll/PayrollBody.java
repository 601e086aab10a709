package dev.mainstay.worker.payroll;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A payroll run's intake row.
 *
 * @param wakes whether a run that is there has to look
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PayrollBody(UUID runId, String cadence, LocalDate periodStart, boolean wakes) {}
