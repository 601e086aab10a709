package dev.mainstay.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mainstay.sandbox.stripe.SimulatedStripeEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Worker hosts as processes of their own. It takes long because it starts and stops a sandbox of
 * its own, to see that the hosts end with it.
 */
class WorkerHostsEndToEndTest {

  private static final Logger log = LoggerFactory.getLogger(WorkerHostsEndToEndTest.class);

  @Test
  void oneIsKilledAnotherIsAddedAndWorkGoesOn(@TempDir Path directory) throws Exception {
    Home home = new Home(directory.resolve("home"));
    var ports = Ports.free();
    try (var sandbox =
        new Sandbox(
            home, new SandboxOptions(ports, false, 1, Allocator.BUILT_IN, null, null), log::warn)) {
      Status status = sandbox.start();
      Marketplace marketplace = new Marketplace(status);
      List<Long> first = requireNonNull(status.pids()).workerHosts();
      assertThat(first).hasSize(1);
      SimulatedStripeEvent before = marketplace.payment();
      marketplace.send(before);
      marketplace.awaitActive(before);

      ProcessHandle.of(first.getFirst()).orElseThrow().destroyForcibly();
      await().atMost(Duration.ofSeconds(30)).until(() -> workerHosts(home).isEmpty());
      SimulatedStripeEvent after = marketplace.payment();
      assertThat(marketplace.send(after).statusCode()).isEqualTo(202);
      List<Long> second = WorkerProcess.start(home, 1);

      assertThat(workerHosts(home)).isEqualTo(second);
      marketplace.awaitActive(after);
      marketplace.assertNothingViolated();
    }
    assertThat(Status.workerHosts(home)).allMatch(host -> host.running().isEmpty());
    assertThat(Status.of(home)).isEmpty();
  }

  private static List<Long> workerHosts(Home home) {
    return requireNonNull(Status.require(home).pids()).workerHosts();
  }
}
