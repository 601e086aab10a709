package dev.mainstay.worker.invariants;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The checker's last answer, and when it was given. A violation is for people to look at: it makes
 * no host unfit for work, and so has a status of its own that no probe fails on.
 */
final class InvariantsHealth extends AbstractHealthIndicator {

  private final LastCheck last;

  InvariantsHealth(LastCheck last) {
    super("The last answer of the invariant checker cannot be read");
    this.last = last;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    last.answer()
        .ifPresentOrElse(
            answer ->
                health
                    .status(answer.violations() == 0 ? "UP" : "VIOLATED")
                    .withDetail("violations", answer.violations())
                    .withDetail("at", answer.at()),
            health::unknown);
  }
}
