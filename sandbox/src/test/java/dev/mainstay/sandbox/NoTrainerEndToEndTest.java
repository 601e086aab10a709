package dev.mainstay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.sandbox.demo.DemoData;
import dev.mainstay.sandbox.stripe.SimulatedStripeEvent;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Nobody is free, until somebody is. */
class NoTrainerEndToEndTest {

  private static final Logger log = LoggerFactory.getLogger(NoTrainerEndToEndTest.class);

  @Test
  void whoWaitsGetsThePlaceThatFallsFreeWithinSeconds(@TempDir Path directory) throws Exception {
    try (var sandbox =
        new Sandbox(
            new Home(directory.resolve("home")), SandboxOptions.on(Ports.free()), log::warn)) {
      Marketplace marketplace = new Marketplace(sandbox.start());
      UUID course = UUID.randomUUID();
      marketplace.put(
          "/courses/" + course,
          "{\"title\":\"Lute\",\"sessions\":9,\"sessionMinutes\":30,\"priceMinor\":30000,\"currency\":\"USD\"}");
      // One trainer with one place
      UUID trainer = DemoData.id(DemoData.SEED, "trainer", 0);
      String teaches = "{\"capacity\":%d,\"courseIds\":[\"%s\"]}";
      marketplace.put("/trainers/" + trainer, teaches.formatted(0, course));
      SimulatedStripeEvent first = marketplace.payment(course);
      SimulatedStripeEvent second = marketplace.payment(course);

      marketplace.send(first);
      String waiting = marketplace.awaitWaitingForTrainer(first);
      marketplace.put("/trainers/" + trainer, teaches.formatted(1, course));
      marketplace.awaitActive(first);

      marketplace.send(second);
      marketplace.awaitWaitingForTrainer(second);
      assertThat(marketplace.events(waiting)).containsOnlyOnce("trainer.unavailable");
      marketplace.put("/trainers/" + trainer, teaches.formatted(2, course));
      marketplace.awaitActive(second);
      marketplace.assertNothingViolated();
    }
  }
}
