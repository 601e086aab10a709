package dev.mainstay.worker.task;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.task}: validity of the links that tasks send.
 *
 * @param downloadValid Validity of a download link and its file, an hour to 90 days.
 * @param resetValid Validity of a password-reset link, a minute to 7 days.
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
