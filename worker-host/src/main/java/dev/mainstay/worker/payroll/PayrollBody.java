package dev.mainstay.worker.payroll;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.LocalDate;
import java.util.UUID;

/** A payroll run's intake row. */
@JsonIgnoreProperties(ignoreUnknown = true)
record PayrollBody(UUID runId, String cadence, LocalDate periodStart) {}
