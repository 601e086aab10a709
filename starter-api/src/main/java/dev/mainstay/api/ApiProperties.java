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
 * {@code mainstay.api}: what the REST starter lets in.
 *
 * @param maxBody a larger body is answered 413; at least 1 B
 * @param concurrentInserts how many intake transactions run at once, 1 to 200; more wait, so that a
 *     flood of payments leaves the database to the steps
 * @param rateLimit for each API key, in each process
 * @param downloadLimit for each address that fetches downloads, in each process
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
   * @param perSecond how many requests a key may make each second, for ever
   * @param burst how many it may make at once
   */
  public record RateLimit(
      @DefaultValue("2000") @Min(1) long perSecond, @DefaultValue("10000") @Min(1) long burst) {}

  /**
   * A token bucket for those who come without a key.
   *
   * @param perSecond how many downloads an address may ask for each second, for ever
   * @param burst how many it may ask for at once
   */
  public record DownloadLimit(
      @DefaultValue("5") @Min(1) long perSecond, @DefaultValue("50") @Min(1) long burst) {}
}
