package dev.mainstay.api.stripe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * The events of Stripe that were set aside. They are for people to look at: they make no process
 * unfit for work, and so have a status of their own that no probe fails on.
 */
@Component
class StripeHealthIndicator extends AbstractHealthIndicator {

  private static final Duration RECENT = Duration.ofDays(1);

  private final WebhookNotices notices;
  private final InstantSource clock;

  StripeHealthIndicator(WebhookNotices notices, InstantSource clock) {
    super("The events of Stripe that were set aside cannot be read");
    this.notices = notices;
    this.clock = clock;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    Instant recent = clock.instant().minus(RECENT);
    List<WebhookNotice> all = notices.list();
    health.status(all.stream().anyMatch(one -> one.lastAt().isAfter(recent)) ? "DEGRADED" : "UP");
    all.forEach(one -> health.withDetail(one.reason(), one));
  }
}
