package dev.mainstay.api.payroll;

import java.time.Duration;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code mainstay.payroll}: the settings of payroll that the API needs. Worker hosts have the same
 * keys.
 *
 * @param zone Time zone in which payroll periods begin and end. API and worker hosts need the same
 *     value.
 * @param accountChangeHold Time before a run's request within which a change of a vendor's payout
 *     account carries its payouts, up to 30 days. API and worker hosts need the same value.
 */
@ConfigurationProperties("mainstay.payroll")
record PayrollRunProperties(
    @DefaultValue("UTC") ZoneId zone, @DefaultValue("72h") Duration accountChangeHold) {

  PayrollRunProperties {
    if (accountChangeHold.isNegative() || accountChangeHold.compareTo(Duration.ofDays(30)) > 0) {
      throw new IllegalArgumentException(
          "mainstay.payroll.account-change-hold must be from 0 s to 30 days");
    }
  }
}
