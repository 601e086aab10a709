package dev.mainstay.worker.purchase;

import dev.mainstay.workflows.purchase.PurchaseSteps;
import dev.mainstay.workflows.purchase.PurchaseWorkflow.Waits;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.purchase}: how long a purchase waits. A run keeps the waits with which it was
 * started.
 *
 * @param trainerInterval Time after which a purchase looks for a trainer again; a minute to the
 *     patience
 * @param patience Time without a trainer, or with an allocation that the admin service approved and
 *     never made active, after which a purchase needs an operator; up to 24 hours
 */
@Validated
@ConfigurationProperties("mainstay.purchase")
record PurchaseProperties(
    @DefaultValue("15m") @NotNull Duration trainerInterval,
    @DefaultValue("24h") @NotNull Duration patience) {

  @AssertTrue(message = "trainer-interval must be from a minute to patience")
  boolean isIntervalWithinPatience() {
    return trainerInterval.compareTo(Duration.ofMinutes(1)) >= 0
        && trainerInterval.compareTo(patience) <= 0;
  }

  /** The database's invariants find what has waited longer. */
  @AssertTrue(message = "patience must be at most 24 hours")
  boolean isPatienceBounded() {
    return patience.compareTo(PurchaseSteps.TRAINER_WAIT) <= 0;
  }

  Waits waits() {
    return new Waits(trainerInterval, patience);
  }
}
