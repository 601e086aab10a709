package dev.mainstay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.sandbox.InSandbox.Setting;
import dev.mainstay.sandbox.stripe.SimulatedStripeEvent;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** No trainer is free at first; later one is. */
@InSandbox(Setting.HOST_INSIDE)
class NoTrainerEndToEndTest {

  @Test
  void whoWaitsGetsThePlaceThatFallsFreeWithinSeconds(SharedSandbox sandbox) throws Exception {
    Marketplace marketplace = sandbox.marketplace();
    UUID course = UUID.randomUUID();
    marketplace.put(
        "/courses/" + course,
        "{\"title\":\"Lute\",\"sessions\":9,\"sessionMinutes\":30,\"priceMinor\":30000,\"currency\":\"USD\"}");
    // One trainer with one place
    UUID trainer = new People(marketplace).vendor().id();
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
