package dev.mainstay.worker.payroll;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.payroll}: how payouts are paid.
 *
 * @param transfersPerSecond how many transfers all hosts together ask Stripe for each second, 1 to
 *     10,000
 */
@Validated
@ConfigurationProperties("mainstay.payroll")
record PayoutProperties(@DefaultValue("25") @Min(1) @Max(10_000) int transfersPerSecond) {}
