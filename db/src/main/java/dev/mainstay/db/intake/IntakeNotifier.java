package dev.mainstay.db.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.TaskScheduler;

/**
 * Wakes the drainers of other processes by a NOTIFY, at most one every 20 ms, in a transaction of
 * its own: a NOTIFY inside the intake's would make every commit queue for one lock.
 */
public final class IntakeNotifier implements IntakeWake {

  /** The channel that drainers listen on. */
  public static final String CHANNEL = "mainstay_intake";

  private static final Duration APART = Duration.ofMillis(20);
  private static final Logger log = LoggerFactory.getLogger(IntakeNotifier.class);

  private final DSLContext database;
  private final TaskScheduler scheduler;
  private final InstantSource clock;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile Instant earliest = Instant.EPOCH;

  public IntakeNotifier(DSLContext database, TaskScheduler scheduler, InstantSource clock) {
    this.database = database;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** Returns immediately. A pending NOTIFY covers this call too. */
  @Override
  public void wake() {
    if (scheduled.compareAndSet(false, true)) {
      Instant now = clock.instant();
      var _ = scheduler.schedule(this::announce, earliest.isAfter(now) ? earliest : now);
    }
  }

  private void announce() {
    earliest = clock.instant().plus(APART);
    scheduled.set(false);
    try {
      database.execute("notify " + CHANNEL);
    } catch (RuntimeException e) {
      log.debug("No NOTIFY: the drainers' poll will find the rows", e);
    }
  }
}
