package dev.mainstay.worker.reminder;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The numbers of both sweeps of reminders.
 *
 * @param pageSize about how many appointments, or messages, a page has; 1 to 500
 */
@Validated
@ConfigurationProperties("mainstay.reminder")
record ReminderProperties(@DefaultValue("500") @Min(1) @Max(500) int pageSize) {}
