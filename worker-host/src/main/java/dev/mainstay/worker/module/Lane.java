package dev.mainstay.worker.module;

import java.time.Duration;

/** The drainer's lanes: what waits in one holds up nothing in another. */
public enum Lane {
  /** What somebody waits for: each is begun as soon as a slot is free. */
  PROCESSES(Duration.ZERO),
  /**
   * What somebody is to be told: after each claim the next is a quarter of a second away, so that
   * under load many go in one run. One that comes after a silence is begun at once.
   */
  MESSAGES(Duration.ofMillis(250));

  private final Duration pause;

  Lane(Duration pause) {
    this.pause = pause;
  }

  /** How long after a claim the next is made. */
  public Duration pause() {
    return pause;
  }
}
