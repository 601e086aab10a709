package dev.mainstay.workflows.process;

import java.time.Duration;

/** The drainer's lanes: what waits in one holds up nothing in another. */
public enum Lane {
  /** Work that somebody waits for: each row starts as soon as a slot is free. */
  PROCESSES(Duration.ZERO, 0),
  /**
   * Messages: the next claim follows a quarter of a second after the last, so that under load many
   * share one run. A message after a pause starts immediately. While all slots of processes are
   * taken the interval is 5 s, so that a flood of payments does not wait behind mails.
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
