package dev.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.api.testing.TestApi;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class ApiPropertiesTest {

  @Test
  void theDefaultsAreThoseOfTheSpecification() {
    assertThat(TestApi.shared().bean(ApiProperties.class))
        .isEqualTo(
            new ApiProperties(
                DataSize.ofMegabytes(1),
                8,
                new ApiProperties.RateLimit(2_000, 10_000),
                new ApiProperties.DownloadLimit(5, 50)));
  }

  @Test
  void whatIsOutOfRangeIsToldAtTheStartAllAtOnce() {
    assertThatThrownBy(() ->
            TestApi.start(
                "--mainstay.api.concurrent-inserts=0", "--mainstay.api.rate-limit.burst=-1"))
        .rootCause()
        .hasMessageContaining("concurrentInserts")
        .hasMessageContaining("rateLimit.burst");
  }
}
