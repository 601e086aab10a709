package dev.mainstay.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MeterTest {

  /** As PostgreSQL's vacuum workers do, and those of a parallel query. */
  @Test
  void whatAChildHasSpentIsCountedAfterItIsGone() throws IOException {
    Process server =
        new ProcessBuilder(
                "bash", "-c", "(for ((i = 0; i < 300000; i++)); do :; done); echo it is gone; read")
            .start();
    try {
      assertThat(server.inputReader().readLine()).isEqualTo("it is gone");

      assertThat(server.descendants()).isEmpty();
      assertThat(Meter.cpuOfServer(server.pid())).isGreaterThan(Duration.ofMillis(50));
    } finally {
      server.destroy();
    }
  }
}
