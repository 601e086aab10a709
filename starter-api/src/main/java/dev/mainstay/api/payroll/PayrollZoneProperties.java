package dev.mainstay.api.payroll;

import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code mainstay.payroll}: the payroll zone. Worker hosts have the same key.
 *
 * @param zone Time zone in which payroll periods begin and end. API and worker hosts need the same
 *     value.
 */
@ConfigurationProperties("mainstay.payroll")
record PayrollZoneProperties(@DefaultValue("UTC") ZoneId zone) {}
