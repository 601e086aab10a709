package dev.mainstay.workflows.process;

import java.time.Duration;

/** The drainer's lanes: what waits in one holds up nothing in another. */
public enum Lane {
  /** What somebody waits for: each is begun as soon as a slot is free. */
  PROCESSES(Duration.ZERO, 0),
  /**
   * What somebody is to be told: after each claim the next is a quarter of a second away, so that
   * under load many go in one run. One that comes after a silence is begun at once. As long as all
   * slots of processes are taken it is 5 s, since a flood of payments is not to wait behind mails.
   */
  MESSAGES(Duration.ofMillis(250), 20);

  private final Duration pause;
  private final int mostPauses;

  Lane(Duration pause, int mostPauses) {
    this.pause = pause;
    this.mostPauses = mostPauses;
  }

  /** How long after a claim the next is made. */
  public Duration pause() {
    return pause;
  }

  /** How many pauses it steps back for, at most, while processes take all of their slots. */
  public int mostPauses() {
    return mostPauses;
  }
}
