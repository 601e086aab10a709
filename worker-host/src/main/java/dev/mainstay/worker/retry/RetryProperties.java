package dev.mainstay.worker.retry;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code mainstay.retry}: how often the steps of processes are tried.
 *
 * @param retry Retries of a step, as {@code mainstay.retry.<process>.<step>.attempts} (2 to 1,000),
 *     {@code .first-interval} and {@code .longest-interval} (100 ms to 24 h). An interval doubles
 *     up to the longest. The steps and their defaults are listed below. A name that is no step
 *     stops the start.
 */
@ConfigurationProperties("mainstay")
record RetryProperties(@DefaultValue Map<String, Map<String, Retry>> retry) {

  /**
   * The changed limits of a step.
   *
   * @param attempts the total number of attempts
   * @param firstInterval between the first attempt and the second
   * @param longestInterval between two attempts
   */
  record Retry(
      @Nullable Integer attempts,
      @Nullable Duration firstInterval,
      @Nullable Duration longestInterval) {}
}
