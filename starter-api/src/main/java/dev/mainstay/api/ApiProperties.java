package dev.mainstay.api;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.api}: the limits of the REST API.
 *
 * @param maxBody Maximum size of a request body, at least 1 B. A larger body gets 413.
 * @param concurrentInserts Maximum number of concurrent intake transactions, 1 to 200. Others wait,
 *     so that a flood of payments leaves the database to the steps.
 * @param rateLimit Limit per API key and process.
 * @param downloadLimit Limit per client address and process for downloads.
 */
@Validated
@ConfigurationProperties("mainstay.api")
public record ApiProperties(
    @DefaultValue("1MB") DataSize maxBody,
    @DefaultValue("8") @Min(1) @Max(200) int concurrentInserts,
    @DefaultValue @Valid RateLimit rateLimit,
    @DefaultValue @Valid DownloadLimit downloadLimit) {

  @AssertTrue(message = "max-body must be at least 1 B")
  boolean isMaxBodyEnough() {
    return maxBody.toBytes() >= 1;
  }

  /**
   * A token bucket.
   *
   * @param perSecond Requests per second that an API key may make, in each process.
   * @param burst Requests that an API key may make at once.
   */
  public record RateLimit(
      @DefaultValue("2000") @Min(1) long perSecond, @DefaultValue("10000") @Min(1) long burst) {}

  /**
   * A token bucket for callers without an API key.
   *
   * @param perSecond Downloads per second that a client address may request, in each process.
   * @param burst Downloads that a client address may request at once.
   */
  public record DownloadLimit(
      @DefaultValue("5") @Min(1) long perSecond, @DefaultValue("50") @Min(1) long burst) {}
}
