package dev.mainstay.worker.intake;

import dev.mainstay.db.intake.IntakeWake;
import dev.mainstay.workflows.process.Lane;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How a step, a listener or a starter in this process wakes the drainer in all its lanes. Calls
 * while it works count as one.
 */
public final class DrainerWake implements IntakeWake {

  private final Map<Lane, Semaphore> calls = new EnumMap<>(Lane.class);

  public DrainerWake() {
    for (Lane lane : Lane.values()) {
      calls.put(lane, new Semaphore(0));
    }
  }

  @Override
  public void wake() {
    calls.values().forEach(Semaphore::release);
  }

  /** Waits in a lane for a call, at most this long; whether there was one. */
  boolean await(Lane lane, long seconds) throws InterruptedException {
    Semaphore semaphore = Objects.requireNonNull(calls.get(lane));
    boolean called = semaphore.tryAcquire(seconds, TimeUnit.SECONDS);
    semaphore.drainPermits();
    return called;
  }
}
