package dev.mainstay.worker.payroll;

import dev.mainstay.worker.stripe.StripeProperties;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.payroll}: how payroll runs.
 *
 * @param zone Time zone in which payroll periods begin and end. API and worker hosts need the same
 *     value.
 * @param approval Whether a run waits for an approval by somebody who was not the last to change
 *     it: {@code required} or {@code off}. Without a value, a Stripe key of live mode requires it.
 *     The value counts when the run begins.
 * @param pageSize Vendors per page of a freeze, 1 to 10,000.
 * @param transfersPerSecond Transfers per second that all hosts together request from Stripe, 1 to
 *     10,000.
 * @param accountChangeHold Time before a run's request within which a change of a vendor's payout
 *     account carries its payouts, up to 30 days. API and worker hosts need the same value.
 */
@Validated
@ConfigurationProperties("mainstay.payroll")
record PayrollProperties(
    @DefaultValue("UTC") @NotNull ZoneId zone,
    @Nullable Approval approval,
    @DefaultValue("1000") @Min(1) @Max(10_000) int pageSize,
    @DefaultValue("25") @Min(1) @Max(10_000) int transfersPerSecond,
    @DefaultValue("72h") @NotNull Duration accountChangeHold) {

  @AssertTrue(message = "account-change-hold must be from 0 s to 30 days")
  boolean isAccountChangeHoldBounded() {
    return !accountChangeHold.isNegative() && accountChangeHold.compareTo(Duration.ofDays(30)) <= 0;
  }

  /** Whether a run waits for an approval, with this access to Stripe. */
  boolean requiresApproval(StripeProperties stripe) {
    return approval == null ? stripe.isLive() : approval == Approval.REQUIRED;
  }
}
