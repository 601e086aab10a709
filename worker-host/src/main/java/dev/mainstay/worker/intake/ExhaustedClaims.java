package dev.mainstay.worker.intake;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Looks every ten seconds for rows that were claimed three times without a run, and opens attention
 * items for them. It has a clock of its own, since the drainer never rests under load.
 */
final class ExhaustedClaims {

  private static final Logger log = LoggerFactory.getLogger(ExhaustedClaims.class);

  private final Claims claims;
  private final List<RunStarter> starters;

  /** Of the kinds that these start. */
  ExhaustedClaims(Claims claims, List<RunStarter> starters) {
    this.claims = claims;
    this.starters = starters;
  }

  @Scheduled(fixedDelayString = "10s")
  void giveUp() {
    int rows = claims.giveUp(starters);
    if (rows > 0) {
      log.warn("{} intake rows that were claimed three times in vain wait for an operator", rows);
    }
  }
}
