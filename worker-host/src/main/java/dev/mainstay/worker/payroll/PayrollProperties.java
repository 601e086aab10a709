package dev.mainstay.worker.payroll;

import jakarta.validation.constraints.NotNull;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.payroll}.
 *
 * @param zone in which payroll periods begin and end; the REST starter has the same key
 */
@Validated
@ConfigurationProperties("mainstay.payroll")
record PayrollProperties(@DefaultValue("UTC") @NotNull ZoneId zone) {}
