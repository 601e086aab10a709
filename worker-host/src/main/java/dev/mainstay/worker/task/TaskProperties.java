package dev.mainstay.worker.task;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.task}: how long the links work that tasks send.
 *
 * @param downloadValid for a file, which is kept as long; an hour to 90 days
 * @param resetValid for a new password; a minute to 7 days
 */
@Validated
@ConfigurationProperties("mainstay.task")
record TaskProperties(
    @DefaultValue("7d") @NotNull Duration downloadValid,
    @DefaultValue("1h") @NotNull Duration resetValid) {

  @AssertTrue(message = "download-valid must be from an hour to 90 days")
  boolean isDownloadFetched() {
    return isBetween(Duration.ofHours(1), downloadValid, Duration.ofDays(90));
  }

  @AssertTrue(message = "reset-valid must be from a minute to 7 days")
  boolean isResetUsed() {
    return isBetween(Duration.ofMinutes(1), resetValid, Duration.ofDays(7));
  }

  private static boolean isBetween(Duration least, Duration valid, Duration most) {
    return valid.compareTo(least) >= 0 && valid.compareTo(most) <= 0;
  }
}
