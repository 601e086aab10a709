package dev.mainstay.api.payroll;

import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code mainstay.payroll}: the same key as the worker hosts have.
 *
 * @param zone in which payroll periods begin and end
 */
@ConfigurationProperties("mainstay.payroll")
record PayrollZoneProperties(@DefaultValue("UTC") ZoneId zone) {}
