package dev.mainstay.worker.payroll;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.payroll}: how payroll is run.
 *
 * @param zone in which payroll periods begin and end; the REST starter has the same key
 * @param approval whether a run waits until somebody has approved what it would pay, who was not
 *     the last to change that; settled for each run as it begins
 * @param pageSize how many vendors are frozen at once; 1 to 10,000
 * @param transfersPerSecond how many transfers all hosts together ask Stripe for each second, 1 to
 *     10,000
 */
@Validated
@ConfigurationProperties("mainstay.payroll")
record PayrollProperties(
    @DefaultValue("UTC") @NotNull ZoneId zone,
    @DefaultValue("off") @NotNull Approval approval,
    @DefaultValue("1000") @Min(1) @Max(10_000) int pageSize,
    @DefaultValue("25") @Min(1) @Max(10_000) int transfersPerSecond) {}
