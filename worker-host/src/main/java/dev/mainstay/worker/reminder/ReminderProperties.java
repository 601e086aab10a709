package dev.mainstay.worker.reminder;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.reminder}: limits of both reminder sweeps.
 *
 * @param pageSize Approximate number of appointments, or messages, per page, 1 to 500.
 */
@Validated
@ConfigurationProperties("mainstay.reminder")
record ReminderProperties(@DefaultValue("500") @Min(1) @Max(500) int pageSize) {}
