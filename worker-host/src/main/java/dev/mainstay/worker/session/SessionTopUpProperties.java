package dev.mainstay.worker.session;

import dev.mainstay.activities.session.SessionTopUp;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.session-top-up}: limits of the top-up.
 *
 * @param fewerThan Threshold: an allocation with fewer future sessions gets more, 1 to 100.
 * @param upTo Target number of future sessions, 1 to 100, at least {@code fewer-than}.
 * @param pageSize Approximate number of allocations per page, 1 to 10,000.
 */
@Validated
@ConfigurationProperties("mainstay.session-top-up")
record SessionTopUpProperties(
    @DefaultValue("3") @Min(1) @Max(100) int fewerThan,
    @DefaultValue("7") @Min(1) @Max(100) int upTo,
    @DefaultValue("500") @Min(1) @Max(10_000) int pageSize) {

  /** Otherwise an allocation that was just filled up would be short again. */
  @AssertTrue(message = "up-to must be at least fewer-than")
  boolean isFilledUp() {
    return upTo >= fewerThan;
  }

  SessionTopUp numbers() {
    return new SessionTopUp(fewerThan, upTo, pageSize);
  }
}
